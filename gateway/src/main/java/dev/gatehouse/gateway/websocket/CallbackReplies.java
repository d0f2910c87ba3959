package dev.gatehouse.gateway.websocket;

import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.HttpReply;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What backends are answered (websocket-api.md 13 [C] but for texts). */
final class CallbackReplies {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{15}=");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final String ERROR_TYPE = "x-amzn-ErrorType";
  private static final int MOST_SHOWN = 64;

  private CallbackReplies() {}

  static boolean hasForm(String id) {
    return ID.matcher(id).matches();
  }

  static boolean isMethod(String method) {
    return method.equals("POST") || method.equals("GET") || method.equals("DELETE");
  }

  /** As much of a text as an error may repeat. */
  static String shown(String text) {
    return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
  }

  /** The one error without a body [C]. */
  static HttpReply gone() {
    return HttpReply.empty(410).with(ERROR_TYPE, "GoneException");
  }

  static HttpReply forbidden() {
    return error(403, "ForbiddenException", "Forbidden");
  }

  static HttpReply throttled() {
    return error(429, "LimitExceededException", "Too Many Requests");
  }

  static HttpReply badRequest(String message) {
    return error(400, "BadRequestException", message);
  }

  static HttpReply tooLarge(int longest) {
    return error(413, "PayloadTooLargeException", "A message has " + longest + " bytes at most");
  }

  static HttpReply error(int status, String type, String message) {
    String json = Json.mapper().writeValueAsString(Map.of("message", message));
    return HttpReply.json(status, json).with(ERROR_TYPE, type);
  }

  /** What {@code GetConnection} tells. On the connection's event loop. */
  static HttpReply description(SocketConnection connection) {
    Peer peer = connection.peer();
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("sourceIp", peer.sourceIp());
    if (peer.userAgent() != null) {
      identity.put("userAgent", peer.userAgent());
    }
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("connectedAt", time(peer.connectedAt()));
    description.put("identity", identity);
    description.put("lastActiveAt", time(connection.lastActive()));
    return HttpReply.json(200, Json.mapper().writeValueAsString(description));
  }

  /** As ISO 8601 with milliseconds [C]. */
  static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis));
  }
}
