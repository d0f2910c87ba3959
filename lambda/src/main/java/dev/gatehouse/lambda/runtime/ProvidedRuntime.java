package dev.gatehouse.lambda.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The function, or one of its layers, brings its runtime along: an executable {@code bootstrap}.
 */
public record ProvidedRuntime() implements FunctionRuntime {
  private static final Path BOOTSTRAP = Path.of("bootstrap");

  @Override
  public List<String> command(Launch launch) throws IOException {
    List<Path> places =
        Stream.of(launch.taskRoot(), launch.layers())
            .filter(Objects::nonNull)
            .map(place -> place.resolve(BOOTSTRAP))
            .toList();
    return places.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .map(found -> List.of(found.toString()))
        .orElseThrow(() -> new IOException("Couldn't find valid bootstrap(s): " + places));
  }

  @Override
  public Map<String, String> environment(Launch launch) {
    return Map.of();
  }

  @Override
  public Path directory() {
    return Path.of("/");
  }

  @Override
  public Path executable() {
    return BOOTSTRAP;
  }

  @Override
  public List<Path> needed() {
    return List.of();
  }

  @Override
  public void prepare() {
    // What could be prepared is the function's own.
  }
}
