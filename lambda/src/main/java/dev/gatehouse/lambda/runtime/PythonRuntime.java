package dev.gatehouse.lambda.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Python with our bootstrap.
 *
 * @param executable {@code python3.N}
 * @param directory of the bootstrap
 * @param version such as {@code 3.12}, under which layers keep their packages
 */
public record PythonRuntime(Path executable, Path directory, String version)
    implements FunctionRuntime {
  @Override
  public List<String> command(Launch launch) {
    return List.of(executable.toString(), directory.resolve("bootstrap.py").toString());
  }

  /** Where imports are looked for after the function's own modules [C]. */
  @Override
  public Map<String, String> environment(Launch launch) {
    if (launch.layers() == null) {
      return Map.of();
    }
    Path python = launch.layers().resolve("python");
    return Map.of(
        "PYTHONPATH", python + ":" + python.resolve("lib/python" + version + "/site-packages"));
  }

  @Override
  public List<Path> needed() {
    return List.of(FunctionRuntime.installation(executable), directory);
  }

  @Override
  public void prepare() {
    // The bootstrap is compiled at its first start, by Python itself.
  }
}
