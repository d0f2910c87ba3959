package dev.gatehouse.lambda;

import java.util.Map;

/**
 * What a function's configuration says.
 *
 * @param timeout seconds
 * @param memorySize megabytes
 * @param ephemeralStorage megabytes
 * @param tracing {@code PassThrough} or {@code Active}; shown, not acted on
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
    String logGroup) {
  Settings {
    environment = Map.copyOf(environment);
  }

  /** Without the values of the variables, which may be secrets. */
  @Override
  public String toString() {
    return "Settings[" + runtime + ", " + handler + ", " + environment.keySet() + "]";
  }
}
