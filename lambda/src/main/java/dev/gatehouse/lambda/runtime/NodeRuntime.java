package dev.gatehouse.lambda.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Node.js with our bootstrap.
 *
 * @param executable {@code node}
 * @param directory of the bootstrap
 * @param major the version of Node.js, under which layers keep their modules
 */
public record NodeRuntime(Path executable, Path directory, int major) implements FunctionRuntime {
  private static final int HEAP_PERCENT = 85;

  @Override
  public List<String> command(Launch launch) {
    return List.of(
        executable.toString(),
        "--max-old-space-size=" + launch.memorySize() * HEAP_PERCENT / 100,
        "--max-http-header-size=81920", // as AWS
        directory.resolve("bootstrap.cjs").toString());
  }

  /** Where {@code require} looks besides the function's own modules [C]. */
  @Override
  public Map<String, String> environment(Launch launch) {
    List<String> path = new ArrayList<>();
    if (launch.layers() != null) {
      path.add(launch.layers().resolve("nodejs/node" + major + "/node_modules").toString());
      path.add(launch.layers().resolve("nodejs/node_modules").toString());
    }
    path.add(launch.taskRoot().toString());
    return Map.of("NODE_PATH", String.join(":", path));
  }

  @Override
  public List<Path> needed() {
    return List.of(FunctionRuntime.installation(executable), directory);
  }

  @Override
  public void prepare() {
    // Node.js has nothing that would outlast a process.
  }
}
