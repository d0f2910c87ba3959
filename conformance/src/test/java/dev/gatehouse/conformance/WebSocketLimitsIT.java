package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.SocketApi;
import dev.gatehouse.conformance.rig.Vector;
import dev.gatehouse.testkit.RawWebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with limits of its own, which closes what is idle, and everything when it stops. */
class WebSocketLimitsIT {
  @TempDir Path directory;

  @Test
  @Vector("W35")
  void idleConnectionsAreClosedAndSoIsEverythingAtTheEnd() throws Exception {
    String limits = "websocket: {idle: 2s, lifetime: 1h, frame: 1KiB, message: 2KiB, drain: 1s}";
    try (RunningGatehouse gw = RunningGatehouse.start(directory.resolve("data"), limits);
        Backend backend = Backend.start()) {
      SocketApi api = SocketApi.create(gw);
      api.oneWay(
          "$disconnect",
          api.url(
              backend.url(),
              "{\"integration.request.header.code\":\"context.disconnectStatusCode\"}"));
      api.twoWay("$default", api.mock("ok"));
      api.serve();
      try (RawWebSocket big = api.connect()) {
        big.text("x".repeat(1_024));
        assertThat(big.message()).isEqualTo("ok");
        big.text("x".repeat(1_025));
        assertThat(big.read().code()).isEqualTo(1009);
      }
      assertThat(backend.taken().headers().get("code")).containsExactly("1009");
      try (RawWebSocket idle = api.connect()) {
        assertThat(idle.read().code()).isEqualTo(1001);
        idle.close(1001, "");
        assertThat(backend.taken().headers().get("code")).containsExactly("1001");
      }
      List<RawWebSocket> open = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        open.add(api.connect());
      }
      CompletableFuture<Integer> stopped =
          CompletableFuture.supplyAsync(() -> {
            try {
              return gw.stop();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
      for (RawWebSocket socket : open) {
        assertThat(socket.read().code()).isEqualTo(1001);
        socket.close(1001, "");
        socket.close();
      }
      for (int i = 0; i < open.size(); i++) {
        assertThat(backend.taken().headers().get("code")).containsExactly("1001");
      }
      stopped.join();
    }
  }
}
