package dev.gatehouse.lambda;

import dev.gatehouse.lambda.code.Code;
import java.util.Map;

/**
 * A function as it is stored.
 *
 * @param lastModified as AWS writes it: {@code 2026-11-22T05:00:00.000+0000}
 * @param revisionId changes with every change of code or settings
 */
record FunctionDefinition(
    String name,
    Settings settings,
    Code code,
    String lastModified,
    String revisionId,
    Map<String, String> tags) {
  FunctionDefinition {
    tags = Map.copyOf(tags);
  }
}
