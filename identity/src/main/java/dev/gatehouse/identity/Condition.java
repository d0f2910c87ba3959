package dev.gatehouse.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One line of a statement's conditions: the context's value of a key must match one of the values.
 *
 * @param operator {@code ArnLike} and the like, as written
 */
record Condition(String operator, String key, List<String> values) {

  static List<Condition> readAll(JsonNode node) {
    List<Condition> conditions = new ArrayList<>();
    if (!node.isMissingNode() && !node.isObject()) {
      throw new IllegalArgumentException("A statement's Condition is an object");
    }
    for (Map.Entry<String, JsonNode> operator : node.properties()) {
      if (operator.getValue().isEmpty() || !operator.getValue().isObject()) {
        throw new IllegalArgumentException("A condition operator has no keys");
      }
      for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
        conditions.add(
            new Condition(operator.getKey(), key.getKey(), PolicyText.texts(key.getValue())));
      }
    }
    return conditions;
  }

  /** A policy variable can't be told, nor can an operator that isn't known here. */
  Match match(Map<String, String> context) {
    if (values.stream().anyMatch(value -> value.contains("${"))) {
      return Match.UNKNOWN;
    }
    return switch (operator) {
      case "StringEquals" -> any(context, String::equals);
      case "StringLike" -> any(context, Glob::matches);
      case "ArnEquals", "ArnLike" -> any(context, ArnPattern::matches);
      default -> Match.UNKNOWN;
    };
  }

  private Match any(Map<String, String> context, Operator matches) {
    String given = context.get(key);
    return Match.of(given != null && values.stream().anyMatch(value -> matches.test(value, given)));
  }

  @FunctionalInterface
  private interface Operator {
    boolean test(String value, String given);
  }
}
