package dev.gatehouse.control;

import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What is fuzzed, by the name of its folder of seeds in {@code fuzz}. */
final class FuzzTargets {
  private FuzzTargets() {}

  static SequencedMap<String, Class<?>> classes() {
    return new TreeMap<>(
        Map.of(
            "call", CallFuzz.class,
            "mapping", MappingFuzz.class,
            "route-key", RouteKeyFuzz.class,
            "selection", SelectionFuzz.class));
  }

  static Consumer<byte[]> of(String name) {
    return switch (name) {
      case "call" -> CallFuzz::fuzzerTestOneInput;
      case "mapping" -> MappingFuzz::fuzzerTestOneInput;
      case "route-key" -> RouteKeyFuzz::fuzzerTestOneInput;
      case "selection" -> SelectionFuzz::fuzzerTestOneInput;
      default -> throw new IllegalArgumentException(name);
    };
  }
}
