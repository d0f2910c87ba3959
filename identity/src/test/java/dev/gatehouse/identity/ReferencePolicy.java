package dev.gatehouse.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What a policy means, written down once more as plainly as can be and as slowly as that is: every
 * question walks the JSON, every pattern is tried by recursion. Knows only what random policies
 * have.
 */
final class ReferencePolicy {
  private final JsonNode document;

  ReferencePolicy(JsonNode document) {
    this.document = document;
  }

  String judge(String action, String resource, Map<String, List<String>> context) {
    Map<String, List<String>> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    known.putAll(context);
    boolean allowed = false;
    boolean denied = false;
    for (JsonNode statement : document.path("Statement")) {
      if (applies(statement, action, resource, known)) {
        allowed |= statement.path("Effect").asString().equals("Allow");
        denied |= statement.path("Effect").asString().equals("Deny");
      }
    }
    return denied ? "DENIED" : allowed ? "ALLOWED" : "SILENT";
  }

  private static boolean applies(
      JsonNode statement, String action, String resource, Map<String, List<String>> context) {
    boolean ofAction =
        statement.has("Action")
            ? anyAction(statement.path("Action"), action)
            : !anyAction(statement.path("NotAction"), action);
    boolean ofResource =
        statement.has("Resource")
            ? anyResource(statement.path("Resource"), resource, context)
            : !anyResource(statement.path("NotResource"), resource, context);
    return ofAction && ofResource && conditions(statement.path("Condition"), context);
  }

  private static boolean anyAction(JsonNode patterns, String action) {
    for (JsonNode pattern : patterns) {
      if (like(
          marked(pattern.asString().toLowerCase(Locale.ROOT), null),
          action.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyResource(
      JsonNode patterns, String resource, Map<String, List<String>> context) {
    for (JsonNode pattern : patterns) {
      String marked = marked(pattern.asString(), context);
      if (marked != null && arnLike(marked, resource, true)) {
        return true;
      }
    }
    return false;
  }

  private static boolean arnLike(String marked, String arn, boolean complete) {
    if (marked.equals("\u0001")) {
      return true;
    }
    List<String> wanted = new ArrayList<>(List.of(marked.split(":", 6)));
    while (complete && wanted.size() < 6) {
      wanted.add("\u0001");
    }
    List<String> given = List.of(arn.split(":", 6));
    if (wanted.size() != 6 || given.size() != 6) {
      return false;
    }
    for (int i = 0; i < 6; i++) {
      if (!like(wanted.get(i), given.get(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * The text with \\u0001 for any run and \\u0002 for any one; null where a variable has no value.
   */
  private static String marked(String text, Map<String, List<String>> context) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (context != null && text.startsWith("${", i)) {
        String key = text.substring(i + 2, text.indexOf('}', i));
        List<String> values = context.get(key);
        if (values == null || values.size() != 1) {
          return null;
        }
        out.append(values.getFirst());
        i = text.indexOf('}', i);
      } else {
        char c = text.charAt(i);
        out.append(c == '*' ? '\u0001' : c == '?' ? '\u0002' : c);
      }
    }
    return out.toString();
  }

  private static boolean like(String marked, String text) {
    if (marked.isEmpty()) {
      return text.isEmpty();
    }
    char first = marked.charAt(0);
    String rest = marked.substring(1);
    if (first == '\u0001') {
      return like(rest, text) || (!text.isEmpty() && like(marked, text.substring(1)));
    }
    return !text.isEmpty()
        && (first == '\u0002' || first == text.charAt(0))
        && like(rest, text.substring(1));
  }

  private static boolean conditions(JsonNode all, Map<String, List<String>> context) {
    for (Map.Entry<String, JsonNode> operator : all.properties()) {
      for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
        if (!condition(operator.getKey(), context.get(key.getKey()), key.getValue(), context)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean condition(
      String operator, List<String> given, JsonNode values, Map<String, List<String>> context) {
    if (operator.equals("Null")) {
      return values
          .valueStream()
          .anyMatch(v -> v.asString().equals("true") ? given == null : given != null);
    }
    String name = operator.substring(operator.indexOf(':') + 1);
    if (name.endsWith("IfExists")) {
      if (given == null) {
        return true;
      }
      name = name.substring(0, name.length() - "IfExists".length());
    }
    List<Boolean> each = new ArrayList<>();
    for (String one : given == null ? List.<String>of() : given) {
      boolean equal = false;
      for (JsonNode value : values) {
        equal |= compare(name.replace("Not", ""), value.asString(), one, context);
      }
      each.add(name.contains("Not") != equal);
    }
    boolean all = !each.contains(false);
    boolean any = each.contains(true);
    if (operator.startsWith("ForAllValues:")) {
      return all;
    }
    return operator.startsWith("ForAnyValue:") || !name.contains("Not") ? any : all;
  }

  private static boolean compare(
      String name, String value, String given, Map<String, List<String>> context) {
    String marked = marked(value, context);
    if (marked == null) {
      return false;
    }
    String plain = marked.replace('\u0001', '*').replace('\u0002', '?');
    if (Set.of("StringEquals", "BinaryEquals").contains(name)) {
      return plain.equals(given);
    }
    return switch (name) {
      case "StringEqualsIgnoreCase" -> plain.equalsIgnoreCase(given);
      case "StringLike" -> like(marked, given);
      case "ArnEquals", "ArnLike" -> arnLike(marked, given, false);
      case "NumericEquals" -> number(given) == number(plain);
      case "NumericLessThan" -> number(given) < number(plain);
      case "NumericLessThanEquals" -> number(given) <= number(plain);
      case "NumericGreaterThan" -> number(given) > number(plain);
      case "NumericGreaterThanEquals" -> number(given) >= number(plain);
      case "Bool" -> plain.equals(given);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** Not a number where there is none, which equals nothing and is less than nothing. */
  private static double number(String text) {
    return text.matches("[0-9]+") ? Double.parseDouble(text) : Double.NaN;
  }
}
