package dev.gatehouse.logs.cloudwatch;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a condition on JSON, from its opening brace to its closing one. */
final class JsonConditionReader {
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(&&|\\|\\||[(){}]|!=|<=|>=|[=<>]|\"[^\"]*\"|[^\\s(){}=<>!&|\"]+)");
  private static final Pattern SELECTOR =
      Pattern.compile("\\$(\\.[A-Za-z0-9_:@-]+|\\[\\d{1,4}\\])+");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,15})?");
  private static final int DEEPEST = 16;

  private final List<String> tokens = new ArrayList<>();
  private int at;

  JsonConditionReader(String pattern) {
    Matcher matcher = TOKEN.matcher(pattern);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      tokens.add(matcher.group(1));
      end = matcher.end();
    }
    if (end != pattern.length()) {
      throw invalid();
    }
  }

  private static RuntimeException invalid() {
    return LogsCall.invalid("Invalid filter pattern");
  }

  JsonCondition read() {
    take("{");
    JsonCondition condition = some(0);
    take("}");
    if (at != tokens.size()) {
      throw invalid();
    }
    return condition;
  }

  private JsonCondition some(int depth) {
    List<JsonCondition> parts = new ArrayList<>(List.of(all(depth)));
    while (peek().equals("||")) {
      at++;
      parts.add(all(depth));
    }
    return parts.size() == 1 ? parts.getFirst() : new JsonCondition.Some(parts);
  }

  private JsonCondition all(int depth) {
    List<JsonCondition> parts = new ArrayList<>(List.of(one(depth)));
    while (peek().equals("&&")) {
      at++;
      parts.add(one(depth));
    }
    return parts.size() == 1 ? parts.getFirst() : new JsonCondition.All(parts);
  }

  private JsonCondition one(int depth) {
    if (depth > DEEPEST) {
      throw invalid();
    }
    if (peek().equals("(")) {
      at++;
      JsonCondition inner = some(depth + 1);
      take(")");
      return inner;
    }
    String pointer = pointer(next());
    String operator = next();
    if (operator.equals("IS")) {
      return new JsonCondition.Is(pointer, word(next(), List.of("NULL", "TRUE", "FALSE")));
    }
    if (operator.equals("EXISTS") || operator.equals("NOT")) {
      String word = operator.equals("NOT") ? "NOT " + next() : operator;
      return new JsonCondition.Is(pointer, word(word, List.of("EXISTS", "NOT EXISTS")));
    }
    return comparison(pointer, operator, next());
  }

  private static String word(String given, List<String> known) {
    if (!known.contains(given)) {
      throw invalid();
    }
    return given;
  }

  private static JsonCondition comparison(String pointer, String operator, String value) {
    word(operator, List.of("=", "!=", "<", ">", "<=", ">="));
    if (NUMBER.matcher(value).matches()) {
      return new JsonCondition.OfNumber(pointer, operator, Double.parseDouble(value));
    }
    word(operator, List.of("=", "!="));
    boolean quoted = value.startsWith("\"");
    String text = quoted ? value.substring(1, value.length() - 1) : value;
    return new JsonCondition.OfText(pointer, operator.equals("="), text);
  }

  private static String pointer(String selector) {
    if (!SELECTOR.matcher(selector).matches()) {
      throw invalid();
    }
    return selector.substring(1).replace('.', '/').replace("[", "/").replace("]", "");
  }

  private void take(String token) {
    if (!next().equals(token)) {
      throw invalid();
    }
  }

  private String next() {
    if (at >= tokens.size()) {
      throw invalid();
    }
    return tokens.get(at++);
  }

  private String peek() {
    return at < tokens.size() ? tokens.get(at) : "";
  }
}
