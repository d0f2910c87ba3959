package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.SocketApi;
import dev.gatehouse.testkit.RawWebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many clients that are all gone in one moment: the backend hears of each of them once. Their
 * number is {@code soak.connections}; this process and the server's need a descriptor for each.
 */
class SocketsSoak {
  private static final int CONNECTIONS = Integer.getInteger("soak.connections", 10_000);

  @TempDir Path directory;

  @Test
  void everyEndIsTold() throws Exception {
    try (RunningGatehouse gw = RunningGatehouse.start(directory.resolve("data"));
        Backend backend = Backend.start()) {
      SocketApi api = SocketApi.create(gw);
      api.oneWay(
          "$disconnect",
          api.url(
              backend.url(),
              """
              {"integration.request.header.id":"context.connectionId",
               "integration.request.header.code":"context.disconnectStatusCode"}\
              """));
      api.serve();
      List<RawWebSocket> sockets = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        sockets.add(api.connect());
      }
      for (RawWebSocket socket : sockets) {
        socket.socket().setSoLinger(true, 0);
      }
      long start = System.nanoTime();
      for (RawWebSocket socket : sockets) {
        socket.close();
      }
      Set<String> told = new HashSet<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        Backend.Request request = backend.taken();
        assertThat(request.headers().get("code")).containsExactly("1006");
        assertThat(told.add(request.headers().get("id").getFirst())).isTrue();
      }
      assertThat(backend.idle()).isTrue();
      System.out.printf(
          "soak: %d clients went at once, and their backend heard of each once, within %d ms%n",
          CONNECTIONS, Duration.ofNanos(System.nanoTime() - start).toMillis());
    }
  }
}
