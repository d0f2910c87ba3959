package dev.gatehouse.logs.cloudwatch;

import dev.gatehouse.wire.ServiceException;
import java.util.ArrayList;
import java.util.List;

/**
 * What an event must say to be found: terms, of which all must be there, those behind {@code ?} of
 * which one must, and those behind {@code -} of which none may; or, in braces, conditions on the
 * members of a JSON object [C]. Terms are compared with case. Patterns of columns and regular
 * expressions are not built.
 */
sealed interface FilterPattern {

  boolean matches(String message);

  /** Terms. */
  record Terms(List<String> all, List<String> some, List<String> none) implements FilterPattern {
    @Override
    public boolean matches(String message) {
      return all.stream().allMatch(message::contains)
          && (some.isEmpty() || some.stream().anyMatch(message::contains))
          && none.stream().noneMatch(message::contains);
    }
  }

  /** Conditions on JSON. */
  record Members(JsonCondition condition) implements FilterPattern {
    @Override
    public boolean matches(String message) {
      return JsonCondition.holds(condition, message);
    }
  }

  /** Parses a pattern; an empty one takes all. */
  static FilterPattern parse(String text) {
    String pattern = text.strip();
    if (pattern.length() > 1_024) {
      throw LogsCall.invalid("filterPattern has at most 1024 characters");
    }
    if (pattern.startsWith("{")) {
      return new Members(new JsonConditionReader(pattern).read());
    }
    if (pattern.startsWith("[") || pattern.startsWith("%")) {
      throw new ServiceException(
          501,
          "NotImplementedException",
          "Gatehouse does not offer filter patterns of columns and regular expressions yet.");
    }
    return terms(pattern);
  }

  private static FilterPattern terms(String pattern) {
    List<String> all = new ArrayList<>();
    List<String> some = new ArrayList<>();
    List<String> none = new ArrayList<>();
    int at = 0;
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
        continue;
      }
      List<String> into = c == '?' ? some : c == '-' ? none : all;
      at = c == '?' || c == '-' ? at + 1 : at;
      boolean quoted = at < pattern.length() && pattern.charAt(at) == '"';
      int end = quoted ? pattern.indexOf('"', at + 1) : endOfWord(pattern, at);
      if (end < 0) {
        throw LogsCall.invalid("Invalid filter pattern: a quote is not closed");
      }
      into.add(pattern.substring(quoted ? at + 1 : at, end));
      at = end + 1;
    }
    return new Terms(List.copyOf(all), List.copyOf(some), List.copyOf(none));
  }

  private static int endOfWord(String pattern, int from) {
    int end = from;
    while (end < pattern.length() && !Character.isWhitespace(pattern.charAt(end))) {
      end++;
    }
    return end;
  }
}
