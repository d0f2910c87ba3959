package dev.gatehouse.gateway.websocket;

import dev.gatehouse.model.SelectionExpression;
import dev.gatehouse.model.SelectionExpression.Literal;
import dev.gatehouse.model.SelectionExpression.Part;
import dev.gatehouse.model.SelectionExpression.Variable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Which route a message is for (websocket-api.md 4): the one whose key is what the API's expression
 * makes of it, else {@code $default}.
 *
 * @param paths what of the message's JSON the expression's variables name
 */
record RouteSelection(SelectionExpression expression, Map<String, JsonPath> paths) {
  static final String CONNECT = "$connect";
  static final String DISCONNECT = "$disconnect";
  static final String DEFAULT = "$default";

  private static final String BODY = "request.body";

  static RouteSelection compile(String text) {
    SelectionExpression expression =
        SelectionExpression.parse(text)
            .orElseGet(() -> new SelectionExpression(List.of(new Literal(text))));
    Map<String, JsonPath> paths = new HashMap<>();
    for (Part part : expression.parts()) {
      if (part instanceof Variable(String name) && name.startsWith(BODY + ".")) {
        paths.put(name, JsonPath.parse(name.substring(BODY.length() + 1)));
      }
    }
    return new RouteSelection(expression, Map.copyOf(paths));
  }

  /** The route of a message; null where no route takes it. */
  @Nullable SocketRoute select(byte[] message, Map<String, SocketRoute> routes) {
    String key = key(message);
    // [U]: a message does not run what is for a connection's beginning and end
    boolean lifecycle = key.equals(CONNECT) || key.equals(DISCONNECT);
    SocketRoute route = lifecycle ? null : routes.get(key);
    return route == null ? routes.get(DEFAULT) : route;
  }

  /** What the expression makes of a message; empty where that is not JSON although it must be. */
  String key(byte[] message) {
    try {
      Map<String, String> values = new HashMap<>();
      for (Map.Entry<String, JsonPath> path : paths.entrySet()) {
        values.put(path.getKey(), path.getValue().text(message));
      }
      return text(message, values);
    } catch (JacksonException notJson) {
      return "";
    }
  }

  private String text(byte[] message, Map<String, String> values) {
    StringBuilder key = new StringBuilder();
    for (Part part : expression.parts()) {
      switch (part) {
        case Literal(String text) -> key.append(text);
        case Variable(String name) ->
            key.append(
                name.equals(BODY)
                    ? new String(message, StandardCharsets.UTF_8)
                    : values.getOrDefault(name, ""));
      }
    }
    return key.toString();
  }
}
