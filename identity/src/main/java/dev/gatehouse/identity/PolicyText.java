package dev.gatehouse.identity;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Policy documents write one thing as itself and several as a list. */
final class PolicyText {
  private PolicyText() {}

  static List<JsonNode> each(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return List.of();
    }
    return node.isArray() ? node.valueStream().toList() : List.of(node);
  }

  static List<String> texts(JsonNode node) {
    return each(node).stream()
        .map(value -> {
          if (value.isContainer() || value.isNull()) {
            throw new IllegalArgumentException("The policy has no text where one belongs");
          }
          return value.asString();
        })
        .toList();
  }
}
