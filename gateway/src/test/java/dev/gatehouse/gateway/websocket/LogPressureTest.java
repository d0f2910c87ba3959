package dev.gatehouse.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.PressedLog;
import dev.gatehouse.testkit.RawWebSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A log that cannot keep up slows connections down, where it says so. */
class LogPressureTest {
  private static final int AT_WORK = 16;

  @Test
  void messagesWaitUntilThereIsRoomForLines() throws Exception {
    PressedLog log = new PressedLog();
    SocketDefinitions api = new SocketDefinitions().log("$context.eventType");
    try (RunningSockets gateway = RunningSockets.logging(api, log);
        RawWebSocket client = gateway.connect()) {
      assertThat(log.lines().poll(10, TimeUnit.SECONDS)).isEqualTo("CONNECT");
      for (int i = 0; i < AT_WORK + 4; i++) {
        client.text("hello");
      }
      for (int i = 0; i < AT_WORK; i++) {
        assertThat(log.lines().poll(10, TimeUnit.SECONDS)).isEqualTo("MESSAGE");
        assertThat(client.message()).contains("Forbidden");
      }
      assertThat(log.lines().poll(200, TimeUnit.MILLISECONDS)).as("the others wait").isNull();
      for (int i = 0; i < 4; i++) {
        Runnable resumed = log.waiting().poll(10, TimeUnit.SECONDS);
        assertThat(resumed).isNotNull();
        resumed.run();
        assertThat(log.lines().poll(10, TimeUnit.SECONDS)).isEqualTo("MESSAGE");
        assertThat(client.message()).contains("Forbidden");
      }
    }
  }
}
