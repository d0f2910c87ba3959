package dev.gatehouse.lambda;

import java.util.Map;

/**
 * A name for a version, or for two that share the invocations.
 *
 * @param version what the rest of the invocations goes to
 * @param weights from another version to its share, from 0 to 1
 */
record Alias(
    String name,
    String version,
    String description,
    Map<String, Double> weights,
    String revisionId) {
  Alias {
    weights = Map.copyOf(weights);
  }
}
