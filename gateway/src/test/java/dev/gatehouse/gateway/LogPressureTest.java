package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.spi.ApiKeyGuard;
import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.wire.http.HttpReply;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A log that cannot keep up slows connections down, where it says so. */
class LogPressureTest {

  @Test
  void aConnectionsNextRequestWaitsUntilThereIsRoom() throws Exception {
    PressedLog log = new PressedLog();
    Definitions api =
        new Definitions().log("$context.routeKey").http("GET /x", "http://127.0.0.1:9");
    GatewayPorts ports =
        new GatewayPorts(
            InstantSource.system(),
            System::nanoTime,
            invocation -> CompletableFuture.completedFuture(new FunctionInvoker.Missing()),
            RunningGateway.CALLERS,
            RunningGateway::policy,
            Map.of(),
            ApiKeyGuard.CLOSED,
            log,
            null,
            null,
            call -> HttpReply.json(404, "{}"));
    try (RunningGateway gateway = RunningGateway.start(api, ports);
        Socket socket = gateway.connect()) {
      socket.setSoTimeout(10_000);
      String request = "GET /nowhere HTTP/1.1\r\nHost: " + RunningGateway.HOST + "\r\n\r\n";
      byte[] both = (request + request).getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(both);
      Runnable first = log.waiting().poll(10, TimeUnit.SECONDS);
      assertThat(first).isNotNull();
      assertThat(log.lines()).hasSize(1);
      assertThat(log.waiting().poll(200, TimeUnit.MILLISECONDS)).as("the second waits").isNull();
      first.run();
      assertThat(log.waiting().poll(10, TimeUnit.SECONDS)).as("the second went on").isNotNull();
      assertThat(log.lines()).hasSize(2);
    }
  }
}
