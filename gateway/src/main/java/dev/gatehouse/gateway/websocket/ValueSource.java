package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.route.QueryString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Where a mapped parameter or an authorizer's identity comes from (websocket-api.md 6.1 and 9.2
 * [C]).
 */
sealed interface ValueSource {

  /** Text in single quotes. */
  record Literal(String text) implements ValueSource {}

  /**
   * A header of the request that opened the connection.
   *
   * @param all whether all its values are meant, joined with commas
   */
  record Header(String name, boolean all) implements ValueSource {}

  /** A query parameter of the request that opened the connection. */
  record Query(String name, boolean all) implements ValueSource {}

  /** A place in a message. */
  record Body(JsonPath path) implements ValueSource {}

  /** A whole message. */
  record WholeBody() implements ValueSource {}

  /** A {@code $context} variable. */
  record Context(String name) implements ValueSource {}

  /** A stage variable. */
  record StageVariable(String name) implements ValueSource {}

  /** Parses a source; null where the text is none. */
  static @Nullable ValueSource parse(String text) {
    if (text.length() >= 2 && text.startsWith("'") && text.endsWith("'")) {
      return new Literal(text.substring(1, text.length() - 1));
    }
    if (text.equals("route.request.body")) {
      return new WholeBody();
    }
    int dot = text.indexOf('.', text.startsWith("route.request.") ? 14 : 0);
    if (dot < 0 || dot + 1 == text.length()) {
      return null;
    }
    String name = text.substring(dot + 1);
    return switch (text.substring(0, dot)) {
      case "route.request.header" -> new Header(name, false);
      case "route.request.multivalueheader" -> new Header(name, true);
      case "route.request.querystring" -> new Query(name, false);
      case "route.request.multivaluequerystring" -> new Query(name, true);
      case "route.request.body" -> new Body(JsonPath.parse(name));
      case "context" -> new Context(name);
      case "stageVariables" -> new StageVariable(name);
      default -> null;
    };
  }

  /** Its value; null where there is none. */
  default @Nullable String value(SocketEvent event) {
    return switch (this) {
      case Literal(String text) -> text;
      case Header(String name, boolean all) -> header(event.opening(), name, all);
      case Query(String name, boolean all) -> query(event.opening(), name, all);
      case Body(JsonPath path) -> body(event.body(), path);
      case WholeBody() -> new String(event.body(), StandardCharsets.UTF_8);
      case Context(String name) -> SocketVariables.value(event, name);
      case StageVariable(String name) -> event.stage().variables().get(name);
    };
  }

  private static @Nullable String header(@Nullable Opening opening, String name, boolean all) {
    List<String> values = new ArrayList<>();
    if (opening != null) {
      for (Map.Entry<String, String> line : opening.headers()) {
        if (line.getKey().equalsIgnoreCase(name)) {
          values.add(line.getValue());
        }
      }
    }
    return chosen(values, all);
  }

  private static @Nullable String query(@Nullable Opening opening, String name, boolean all) {
    if (opening == null) {
      return null;
    }
    List<String> values =
        QueryString.parse(opening.rawQuery()).stream()
            .filter(parameter -> parameter.name().equals(name))
            .map(QueryString.Parameter::value)
            .toList();
    return chosen(values, all);
  }

  private static @Nullable String chosen(List<String> values, boolean all) {
    if (values.isEmpty()) {
      return null;
    }
    return all ? String.join(",", values) : values.getLast();
  }

  private static @Nullable String body(byte[] message, JsonPath path) {
    try {
      String value = path.text(message);
      return value.isEmpty() ? null : value;
    } catch (JacksonException notJson) {
      return null;
    }
  }
}
