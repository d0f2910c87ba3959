package dev.gatehouse.example.chat;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a connection, as far as a chat cares.
 *
 * @param callback where its clients are reached: {@code https://{domainName}/{stage}}
 * @param name what the client calls itself when it connects; else empty
 * @param body the client's message; else empty
 */
record Happening(String connectionId, String callback, String name, String body) {
  static Happening of(Map<String, Object> event) {
    Map<?, ?> context = map(event.get("requestContext"));
    return new Happening(
        text(context, "connectionId"),
        "https://" + text(context, "domainName") + "/" + text(context, "stage"),
        text(map(event.get("queryStringParameters")), "name").strip(),
        text(event, "body"));
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static String text(Map<?, ?> map, String member) {
    return map.get(member) instanceof String text ? text : "";
  }
}
