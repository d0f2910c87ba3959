package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.function.FunctionAnswer.Line;
import dev.gatehouse.gateway.websocket.SocketOutcome.Answered;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Locale;
import java.util.Set;

/** What of an integration's answer to {@code $connect} reaches the client. */
final class HandshakeHeaders {
  private static final String PROTOCOL = "sec-websocket-protocol";
  private static final Set<String> OURS =
      Set.of(
          "content-type",
          "content-length",
          "transfer-encoding",
          "connection",
          "upgrade",
          "date",
          "sec-websocket-accept",
          "sec-websocket-extensions",
          "sec-websocket-key",
          "sec-websocket-version");

  private HandshakeHeaders() {}

  /**
   * Copies the headers: the subprotocol [C], and others such as cookies [U]. The gateway picks no
   * subprotocol itself [C].
   *
   * @return false where one cannot be sent
   */
  static boolean copy(Answered answer, HttpHeaders target) {
    try {
      for (Line line : answer.headers()) {
        String name = line.name().toLowerCase(Locale.ROOT);
        if (name.equals(PROTOCOL)) {
          target.set("Sec-WebSocket-Protocol", line.value());
        } else if (!OURS.contains(name)) {
          target.add(line.name(), line.value());
        }
      }
      return true;
    } catch (IllegalArgumentException unsendable) {
      return false;
    }
  }

  /** The text for a status that the integration chose. */
  static String message(HttpResponseStatus status) {
    return status.code() >= 500 ? "Internal server error" : status.reasonPhrase();
  }
}
