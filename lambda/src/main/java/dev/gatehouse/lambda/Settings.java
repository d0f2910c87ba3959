package dev.gatehouse.lambda;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a function's configuration says.
 *
 * @param timeout seconds
 * @param memorySize megabytes
 * @param architecture as it was asked for; shown, not acted on
 * @param ephemeralStorage megabytes
 * @param tracing {@code PassThrough} or {@code Active}; shown, not acted on
 * @param layers from the lowest to the one that goes before the others; what was stored before
 *     there were layers has none
 */
record Settings(
    String role,
    String runtime,
    String handler,
    String description,
    int timeout,
    int memorySize,
    Map<String, String> environment,
    String architecture,
    int ephemeralStorage,
    String tracing,
    String logGroup,
    @Nullable List<LayerUse> layers) {
  Settings {
    environment = Map.copyOf(environment);
    layers = layers == null ? List.of() : List.copyOf(layers);
  }

  @Override
  public List<LayerUse> layers() {
    return layers == null ? List.of() : layers;
  }

  /** The same for another architecture. */
  Settings on(String other) {
    return new Settings(
        role,
        runtime,
        handler,
        description,
        timeout,
        memorySize,
        environment,
        other,
        ephemeralStorage,
        tracing,
        logGroup,
        layers);
  }

  /** The same with another description. */
  Settings described(String other) {
    return new Settings(
        role,
        runtime,
        handler,
        other,
        timeout,
        memorySize,
        environment,
        architecture,
        ephemeralStorage,
        tracing,
        logGroup,
        layers);
  }

  /** Without the values of the variables, which may be secrets. */
  @Override
  public String toString() {
    return "Settings[" + runtime + ", " + handler + ", " + environment.keySet() + "]";
  }
}
