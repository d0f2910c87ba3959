package dev.gatehouse.gateway.websocket;

import dev.gatehouse.wire.Json;
import java.nio.charset.StandardCharsets;

/**
 * The text of errors, in frames and in the bodies of refused handshakes: compact JSON but for the
 * space after the first colon (websocket-api.md 5.1 [C for the members]).
 */
final class ErrorText {
  private ErrorText() {}

  /** Its bytes; ids have nothing to escape. */
  static byte[] bytes(String message, String connectionId, String requestId) {
    String text =
        "{\"message\": "
            + Json.mapper().writeValueAsString(message)
            + ", \"connectionId\":\""
            + connectionId
            + "\", \"requestId\":\""
            + requestId
            + "\"}";
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
