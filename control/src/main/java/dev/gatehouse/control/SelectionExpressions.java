package dev.gatehouse.control;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.gatehouse.model.SelectionExpression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which variables the selection expressions of WebSocket APIs may read, and what the keys may be
 * that they select (websocket-api.md 4.1 [C semantics, L grammar]).
 */
final class SelectionExpressions {
  /** The message, whole or a JSON path into it. */
  static final String BODY = "request.body";

  /** What the template of an integration response may be chosen by, besides the message. */
  private static final List<String> OF_RESPONSE =
      List.of("integration.response.header.", "integration.response.multivalueheader.");

  private static final String STATUS = "integration.response.statuscode";

  /** Ours: a bound keeps a pattern's compilation small [U]. */
  private static final int LONGEST_KEY = 512;

  private SelectionExpressions() {}

  /** Refuses an expression that reads anything but the message. */
  static void checkOfMessage(String member, @Nullable String expression) {
    check(member, expression, false);
  }

  /** Refuses an expression that reads anything but the message and the integration's response. */
  static void checkOfResponse(String member, @Nullable String expression) {
    check(member, expression, true);
  }

  private static void check(String member, @Nullable String expression, boolean response) {
    if (expression == null) {
      return;
    }
    SelectionExpression parsed =
        SelectionExpression.parse(expression)
            .orElseThrow(() ->
                OwnRefusals.invalid(
                    member, "a variable is $name or ${name}, and \\$ is a dollar sign"));
    for (SelectionExpression.Part part : parsed.parts()) {
      if (part instanceof SelectionExpression.Variable(String name)
          && !isOfMessage(name)
          && !(response && isOfResponse(name))) {
        throw OwnRefusals.invalid(member, "its variables are " + known(response));
      }
    }
  }

  private static String known(boolean response) {
    return "${request.body.{JSON path}}"
        + (response
            ? ", ${integration.response.statuscode} and"
                + " ${integration.response.{header|multivalueheader}.{name}}"
            : "");
  }

  private static boolean isOfMessage(String name) {
    if (!name.startsWith(BODY)) {
      return false;
    }
    String path = name.substring(BODY.length());
    return path.isEmpty() || ((path.startsWith(".") || path.startsWith("[")) && isPath(path));
  }

  private static boolean isOfResponse(String name) {
    return name.equals(STATUS)
        || OF_RESPONSE.stream().anyMatch(each -> name.startsWith(each) && !name.equals(each));
  }

  /** Closed brackets and a name at the end; what else it says the data plane reads leniently. */
  private static boolean isPath(String path) {
    int open = 0;
    for (int i = 0; i < path.length() && open >= 0; i++) {
      open += path.charAt(i) == '[' ? 1 : path.charAt(i) == ']' ? -1 : 0;
    }
    return open == 0 && !path.endsWith(".");
  }

  /** Refuses a key of an integration response that is neither {@code $default} nor a pattern. */
  static void checkResponseKey(String member, String key) {
    boolean pattern = key.length() > 2 && key.startsWith("/") && key.endsWith("/");
    if (key.length() > LONGEST_KEY || !(pattern || key.equals("$default"))) {
      throw OwnRefusals.invalid(member, "it is $default or /pattern/, 512 characters at most");
    }
    if (pattern) {
      checkPattern(member, key.substring(1, key.length() - 1));
    }
  }

  /** Refuses a pattern that the linear-time engine of the data plane cannot run. */
  static void checkPattern(String member, String pattern) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw OwnRefusals.invalid(
          member, "a pattern is an RE2 regular expression, without lookaround and back-references");
    }
  }
}
