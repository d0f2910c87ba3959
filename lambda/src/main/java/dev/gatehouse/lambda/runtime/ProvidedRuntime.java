package dev.gatehouse.lambda.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    Path bootstrap =
        places.stream()
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(() -> new IOException("Couldn't find valid bootstrap(s): " + places));
    refuseForeign(bootstrap);
    return List.of(bootstrap.toString());
  }

  private static void refuseForeign(Path bootstrap) throws IOException {
    Optional<Machine> needed = Machine.of(bootstrap);
    Optional<Machine> here = Machine.here();
    if (needed.isPresent() && here.isPresent() && !needed.equals(here)) {
      String name = here.get().awsName();
      throw new IOException(
          "The bootstrap is an executable for "
              + needed.get().awsName()
              + ", but this machine is "
              + name
              + ": build it for "
              + name
              + ", whatever the function's Architectures say");
    }
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
