package dev.gatehouse.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.model.AuthorizationType;
import dev.gatehouse.testkit.RawWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What the execution log of a stage tells. */
class ExecutionLogTest {
  private static final String ALLOW =
      """
      {"principalId":"me","policyDocument":{"Version":"2012-10-17","Statement":
       {"Effect":"Allow","Action":"execute-api:Invoke","Resource":"*"}}}\
      """;

  @Test
  void theIntegrationsLatencyIsItsOwnAndNotTheAuthorizers() throws Exception {
    AtomicLong nanos = new AtomicLong();
    FunctionInvoker functions =
        invocation -> {
          boolean guard = invocation.functionArn().endsWith(":guard");
          nanos.addAndGet(TimeUnit.SECONDS.toNanos(guard ? 5 : 3));
          String answer = guard ? ALLOW : "{\"statusCode\":200}";
          return CompletableFuture.completedFuture(
              new FunctionInvoker.Returned(answer.getBytes(StandardCharsets.UTF_8)));
        };
    SocketDefinitions api =
        new SocketDefinitions()
            .loggingSteps()
            .authorizer("auth1", "guard", "route.request.querystring.token")
            .guarded(AuthorizationType.CUSTOM, "auth1", "f");
    try (RunningSockets gateway = RunningSockets.timed(api, functions, nanos::get);
        RawWebSocket client = gateway.handshake("/prod?token=t")) {
      assertThat(client.status()).isEqualTo(101);
      String line = "";
      while (!line.contains("Received response")) {
        line = gateway.log().poll(10, TimeUnit.SECONDS);
        assertThat(line).as("a line came").isNotNull();
      }
      assertThat(line).endsWith("Status: 200, Integration latency: 3000 ms");
    }
  }
}
