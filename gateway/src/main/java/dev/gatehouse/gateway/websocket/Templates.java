package dev.gatehouse.gateway.websocket;

import dev.gatehouse.model.SelectionExpression;
import dev.gatehouse.model.SelectionExpression.Variable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Templates by key, and the expression that picks one for a message (websocket-api.md 6.2). Only
 * those that stand for themselves: the template language is not built yet.
 *
 * @param selection null where there is none
 */
record Templates(@Nullable RouteSelection selection, Map<String, byte[]> byKey) {
  private static final String JSON = "application/json";

  /** Compiles them; null where one is more than text. */
  static @Nullable Templates compile(
      @Nullable String expression, @Nullable Map<String, String> templates) {
    Map<String, byte[]> byKey = new HashMap<>();
    if (templates != null) {
      for (Map.Entry<String, String> template : templates.entrySet()) {
        String text = template.getValue();
        if (text.indexOf('$') >= 0 || text.indexOf('#') >= 0) {
          return null;
        }
        byKey.put(template.getKey(), MockBackend.utf8(text));
      }
    }
    if (expression == null) {
      return new Templates(null, Map.copyOf(byKey));
    }
    return isOfBody(expression)
        ? new Templates(RouteSelection.compile(expression), Map.copyOf(byKey))
        : null;
  }

  private static boolean isOfBody(String expression) {
    return SelectionExpression.parse(expression)
        .filter(parsed ->
            parsed.parts().stream()
                .allMatch(part ->
                    !(part instanceof Variable(String name)) || name.startsWith("request.body")))
        .isPresent();
  }

  boolean isEmpty() {
    return byKey.isEmpty();
  }

  /** The text for a message; null where none is for it. */
  byte @Nullable [] select(byte[] message) {
    byte[] chosen = selection == null ? null : byKey.get(selection.key(message));
    if (chosen == null) {
      chosen = byKey.get(RouteSelection.DEFAULT);
    }
    return chosen == null ? byKey.get(JSON) : chosen; // the last one is REST APIs' heritage [L]
  }
}
