package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.function.FunctionAnswer.Line;
import dev.gatehouse.gateway.net.ClientConnection;
import dev.gatehouse.gateway.websocket.SocketOutcome.Answered;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client is told that is not let in (websocket-api.md 2 [L]). */
record HandshakeReply(ClientConnection connection, String connectionId, String requestId) {
  private static final Logger LOG = LoggerFactory.getLogger(HandshakeReply.class);

  /** Refuses with a fault of which nothing else has told the log. */
  void fail(SocketFault fault, String reason) {
    LOG.info("{} for request {}: {}", fault.status().code(), requestId, reason);
    refuse(fault);
  }

  void refuse(SocketFault fault) {
    refuse(fault.status(), fault.message());
  }

  void refuse(HttpResponseStatus status, String message) {
    byte[] body = ErrorText.bytes(message, connectionId, requestId);
    send(ShortAnswer.json(connection, status, body));
  }

  /** With the integration's status, but not its body [L]. */
  void refuse(Answered answered) {
    HttpResponseStatus status = HttpResponseStatus.valueOf(answered.status());
    byte[] body =
        answered.status() < 400
            ? new byte[0]
            : ErrorText.bytes(HandshakeHeaders.message(status), connectionId, requestId);
    DefaultFullHttpResponse response = ShortAnswer.json(connection, status, body);
    for (Line line : answered.headers()) {
      if (answered.status() < 400 && line.name().equals("Location")) {
        response.headers().set(HttpHeaderNames.LOCATION, line.value());
      }
    }
    send(response);
  }

  private void send(DefaultFullHttpResponse response) {
    if (response.status().equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
      response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, Upgrade.VERSION);
    }
    connection.writeHead(response);
    connection.writeEnd();
  }
}
