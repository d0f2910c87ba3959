package dev.gatehouse.conformance.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.client.Api;
import dev.gatehouse.client.ConnectionInfo;
import dev.gatehouse.client.Connections;
import dev.gatehouse.client.Delivery;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Examples of {@link Connections}; {@link ClientIT} and {@link ExamplesIT} run them. */
final class ConnectionExamples {
  private ConnectionExamples() {}

  static boolean one(Connections connections, String connectionId) {
    // @start region="one"
    boolean text = connections.send(connectionId, "hello");
    boolean bytes = connections.send(connectionId, "hello".getBytes(UTF_8));
    boolean json = connections.sendJson(connectionId, Map.of("action", "welcome"));
    // @end
    return text && bytes && json;
  }

  static Delivery many(Connections connections, List<String> connectionIds) {
    // @start region="many"
    Delivery text = connections.sendAll(connectionIds, "hello, all");
    Delivery bytes = connections.sendAll(text.sent(), "hello again".getBytes(UTF_8));
    // @end
    return bytes;
  }

  static boolean manage(Api chat, String connectionId) {
    // @start region="manage"
    try (Connections connections = chat.connections()) { // closed at the end
      Optional<ConnectionInfo> who = connections.info(connectionId);
      boolean hostile = who.isPresent() && who.get().sourceIp().equals("203.0.113.7");
      return hostile && connections.disconnect(connectionId);
    }
    // @end
  }
}
