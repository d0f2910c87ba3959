package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.spi.ApiKeyGuard;
import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.gateway.spi.FunctionInvoker.Result;
import dev.gatehouse.wire.http.HttpReply;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AccessLogTest {
  private static final String ARN = "arn:aws:lambda:us-east-1:123456789012:function:f";
  private static final String COMMON =
      "$context.identity.sourceIp - - [$context.requestTime] \"$context.httpMethod"
          + " $context.routeKey $context.protocol\" $context.status $context.responseLength"
          + " $context.requestId";

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final AtomicLong nanos = new AtomicLong();
  private Result result = new FunctionInvoker.Missing();

  private RunningGateway serving(Definitions api) throws Exception {
    return RunningGateway.start(
        api,
        new GatewayPorts(
            () -> Instant.parse("2026-01-02T03:04:05Z"),
            nanos::get,
            invocation -> {
              nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(7));
              return CompletableFuture.completedFuture(result);
            },
            RunningGateway.CALLERS,
            RunningGateway::policy,
            Map.of(),
            ApiKeyGuard.CLOSED,
            (destination, line) -> lines.add(line),
            null,
            null,
            call -> HttpReply.json(404, "{}")));
  }

  private String line() throws InterruptedException {
    String line = lines.poll(10, TimeUnit.SECONDS);
    assertThat(line).as("a line came").isNotNull();
    return line;
  }

  @Test
  void theCommonLogFormatIsOneLine() throws Exception {
    try (Backends backend = Backends.answering("four");
        RunningGateway gateway =
            serving(new Definitions().log(COMMON).http("GET /x", backend.url()))) {
      String answer = gateway.exchange("GET /x");
      String id = answer.replaceAll("(?is).*apigw-requestid: (\\S+).*", "$1");
      assertThat(line())
          .isEqualTo(
              "127.0.0.1 - - [02/Jan/2026:03:04:05 +0000] \"GET GET /x HTTP/1.1\" 200 4 " + id);
      gateway.exchange("HEAD /x");
      assertThat(line()).contains("\"HEAD - HTTP/1.1\" 404 0 ");
      assertThat(lines).isEmpty();
    }
  }

  @Test
  void aVariableWithoutAValueIsAHyphen() throws Exception {
    try (Backends backend = Backends.answering("ok");
        RunningGateway gateway =
            serving(
                new Definitions()
                    .log(
                        "$context.authorizer.claims.cognito:a-b,$context.no.such,$context.error.messageString,"
                            + "$context.identity.userAgent,$context,$context.,$context.status.")
                    .http("GET /x", backend.url()))) {
      gateway.exchange("GET /x", "User-Agent: ");
      assertThat(line()).isEqualTo("-,-,-,-,$context,$context.,200.");
    }
  }

  @Test
  void noClientForgesAFieldOrALine() throws Exception {
    try (Backends backend = Backends.answering("ok");
        RunningGateway gateway =
            serving(
                new Definitions()
                    .log("{\"ua\":\"$context.identity.userAgent\",\"path\":\"$context.path\"}")
                    .http("$default", backend.url()))) {
      gateway.exchange("GET /a%0A%22%5C%E2%80%A8", "User-Agent: x\",\"status\":\"200\\");
      assertThat(line())
          .isEqualTo(
              "{\"ua\":\"x\\\",\\\"status\\\":\\\"200\\\\\",\"path\":\"/a\\u000a\\\"\\\\\\u2028\"}");
    }
  }

  @Test
  void functionsHaveAStatusOfLambdaAndOneOfTheirOwn() throws Exception {
    String format =
        "$context.status $context.integrationStatus $context.integration.status"
            + " $context.integration.latency $context.responseLatency $context.dataProcessed"
            + " $context.integrationErrorMessage|$context.error.messageString"
            + " $context.error.responseType";
    try (RunningGateway gateway =
        serving(new Definitions().log(format).function("POST /f", ARN, "2.0", 5_000))) {
      String returned = "{\"statusCode\":503,\"body\":\"abc\"}";
      result = new FunctionInvoker.Returned(returned.getBytes(StandardCharsets.UTF_8));
      gateway.exchange("POST /f");
      assertThat(line()).isEqualTo("503 200 503 7 7 3 -|- -");
      result = new FunctionInvoker.Denied();
      gateway.exchange("POST /f");
      assertThat(line())
          .isEqualTo(
              "500 403 - 7 7 35 The IAM role configured on the integration or API Gateway doesn't"
                  + " have permissions to call the integration. Check the permissions and try"
                  + " again.|\"Internal Server Error\" INTEGRATION_FAILURE");
    }
  }

  @Test
  void whatTheGatewayRefusesIsLoggedToo() throws Exception {
    String format = "$context.status $context.routeKey $context.error.message";
    try (Backends backend = Backends.answering("ok");
        RunningGateway gateway =
            serving(new Definitions().log(format).throttle(0, 0).http("GET /x", backend.url()))) {
      gateway.exchange("GET /x");
      assertThat(line()).isEqualTo("429 GET /x Too Many Requests");
      gateway.exchange("GET /none");
      assertThat(line()).isEqualTo("404 - Not Found");
    }
  }

  @Test
  void aClientThatLeavesIsLoggedOnceWithoutAStatus() throws Exception {
    try (Backends backend =
            new Backends(conversation -> {
              conversation.head();
              conversation.head(); // answers nothing
            });
        RunningGateway gateway =
            serving(
                new Definitions()
                    .log("$context.status $context.responseLength $context.path")
                    .http("GET /x", backend.url()))) {
      try (Socket socket = gateway.connect()) {
        String request = "GET /x HTTP/1.1\r\nHost: " + RunningGateway.HOST + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(line()).isEqualTo("- 0 /x");
    }
    assertThat(lines).isEmpty();
  }
}
