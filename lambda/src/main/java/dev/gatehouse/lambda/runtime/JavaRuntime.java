package dev.gatehouse.lambda.runtime;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A JDK with our bootstrap. The flags are for a short start of a small process, as AWS's runtime
 * has them: the quick compiler only, the serial collector, a heap that leaves the rest of the
 * memory setting to the JVM itself.
 *
 * @param home of the JDK
 * @param bootstrap the bootstrap's jar and its dependencies, in their order
 */
public record JavaRuntime(Path home, List<Path> bootstrap) implements FunctionRuntime {
  private static final int HEAP_PERCENT = 85;

  public JavaRuntime {
    bootstrap = List.copyOf(bootstrap);
  }

  @Override
  public List<String> command(Path taskRoot, int memorySize) {
    return List.of(
        home.resolve("bin/java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-XX:-UsePerfData",
        "-Xshare:auto",
        "-Xmx" + memorySize * HEAP_PERCENT / 100 + "m",
        "-cp",
        bootstrap.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
        "dev.gatehouse.runtime.java.Bootstrap");
  }

  @Override
  public Path directory() {
    return bootstrap.getFirst().toAbsolutePath().resolveSibling("");
  }
}
