package dev.gatehouse.logs.cloudwatch;

import dev.gatehouse.wire.Json;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A condition on the members of a JSON object: {@code { $.status >= 500 && $.path = "/a*" }}. */
sealed interface JsonCondition {

  boolean holds(JsonNode json);

  /** All must hold. */
  record All(List<JsonCondition> parts) implements JsonCondition {
    @Override
    public boolean holds(JsonNode json) {
      return parts.stream().allMatch(part -> part.holds(json));
    }
  }

  /** One must hold. */
  record Some(List<JsonCondition> parts) implements JsonCondition {
    @Override
    public boolean holds(JsonNode json) {
      return parts.stream().anyMatch(part -> part.holds(json));
    }
  }

  /** A member compared with a number. */
  record OfNumber(String pointer, String operator, double value) implements JsonCondition {
    @Override
    public boolean holds(JsonNode json) {
      JsonNode member = json.at(pointer);
      double number = member.isNumber() ? member.asDouble() : parsed(member);
      return switch (operator) {
        case "=" -> number == value;
        case "!=" -> !member.isMissingNode() && number != value;
        case "<" -> number < value;
        case ">" -> number > value;
        case "<=" -> number <= value;
        default -> number >= value;
      };
    }

    /** Access logs quote their numbers. */
    private static double parsed(JsonNode member) {
      String text = member.asString("");
      return text.matches("-?\\d{1,15}(\\.\\d{1,15})?") ? Double.parseDouble(text) : Double.NaN;
    }
  }

  /**
   * A member compared with text.
   *
   * @param text with {@code *} at either end for whatever is there
   */
  record OfText(String pointer, boolean equal, String text) implements JsonCondition {
    @Override
    public boolean holds(JsonNode json) {
      JsonNode member = json.at(pointer);
      return !member.isMissingNode() && like(member.asString("")) == equal;
    }

    private boolean like(String value) {
      boolean open = text.startsWith("*");
      boolean ends = text.endsWith("*") && text.length() > 1;
      String core = text.substring(open ? 1 : 0, text.length() - (ends ? 1 : 0));
      if (open && ends) {
        return value.contains(core);
      }
      return open ? value.endsWith(core) : ends ? value.startsWith(core) : value.equals(core);
    }
  }

  /** A member is there, or not, or is one of JSON's words. */
  record Is(String pointer, String word) implements JsonCondition {
    @Override
    public boolean holds(JsonNode json) {
      JsonNode member = json.at(pointer);
      return switch (word) {
        case "EXISTS" -> !member.isMissingNode();
        case "NOT EXISTS" -> member.isMissingNode();
        case "NULL" -> member.isNull();
        default -> member.isBoolean() && member.asBoolean() == word.equals("TRUE");
      };
    }
  }

  /** Whether a message is JSON of which a condition holds. */
  static boolean holds(JsonCondition condition, String message) {
    if (!message.startsWith("{")) {
      return false;
    }
    try {
      return condition.holds(Json.mapper().readTree(message));
    } catch (JacksonException notJson) {
      return false;
    }
  }
}
