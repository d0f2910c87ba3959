package dev.gatehouse.lambda.runtime;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JDK with our bootstrap. The flags are for a short start of a small process, as AWS's runtime
 * has them: the quick compiler only, the serial collector, a heap that leaves the rest of the
 * memory setting to the JVM itself. From JDK 25 on an ahead-of-time cache more than halves the
 * start: measured 430 ms without and 170 ms with, to the first answer of a handler with JSON.
 *
 * @param home of the JDK
 * @param bootstrap the bootstrap's jar and its dependencies, in their order
 * @param cache the ahead-of-time cache, which need not be there yet
 */
public record JavaRuntime(Path home, List<Path> bootstrap, AotCache cache)
    implements FunctionRuntime {
  private static final int HEAP_PERCENT = 85;
  private static final int FIRST_WITH_NAME_PROVIDERS = 18;
  private static final String PACKAGE = "dev.gatehouse.runtime.java.";

  public JavaRuntime {
    bootstrap = List.copyOf(bootstrap);
  }

  /**
   * The runtime of a packaged Gatehouse.
   *
   * @param directory {@code lib/runtimes/java}: every jar in it is the bootstrap's
   * @param caches where the cache is, or is written
   * @throws IOException where the directory or the JDK cannot be read
   */
  public static JavaRuntime in(Path directory, Path home, Path caches) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      if (jars.isEmpty()) {
        throw new IOException("There is no bootstrap in " + directory);
      }
      return new JavaRuntime(home, jars, AotCache.of(home, jars, caches));
    }
  }

  @Override
  public List<String> command(Launch launch) {
    List<String> options = new ArrayList<>(cache.use());
    options.add("-Xmx" + launch.memorySize() * HEAP_PERCENT / 100 + "m");
    options.add("-Djava.io.tmpdir=" + launch.temporary());
    options.add("-Duser.home=" + launch.temporary()); // JDK 17 does not look at HOME
    if (cache.version() < FIRST_WITH_NAME_PROVIDERS) { // for names below .localhost
      options.addAll(List.of("--add-opens", "java.base/java.net=ALL-UNNAMED"));
    }
    Trust trust = launch.trust();
    if (trust != null) {
      options.add("-Djavax.net.ssl.trustStore=" + trust.keyStore());
      options.add("-Djavax.net.ssl.trustStorePassword=" + Trust.PASSWORD);
    }
    return java(options, "Bootstrap");
  }

  @Override
  public Map<String, String> environment(Launch launch) {
    return Map.of();
  }

  @Override
  public Path executable() {
    return home;
  }

  @Override
  public Path directory() {
    return bootstrap.getFirst().toAbsolutePath().resolveSibling("");
  }

  @Override
  public List<Path> needed() {
    List<Path> needed =
        new ArrayList<>(List.of(home, cache.file().toAbsolutePath().resolveSibling("")));
    for (Path jar : bootstrap) {
      Path absolute = jar.toAbsolutePath();
      needed.add(Files.isDirectory(absolute) ? absolute : absolute.resolveSibling(""));
    }
    return needed;
  }

  /** Trains the cache where it is missing, or was made by another JDK or of other jars. */
  @Override
  public void prepare() throws IOException, InterruptedException {
    cache.train(options -> java(options, "Training"));
  }

  private List<String> java(List<String> options, String main) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.addAll(options);
    command.add("-cp");
    command.add(
        bootstrap.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add(PACKAGE + main);
    return command;
  }
}
