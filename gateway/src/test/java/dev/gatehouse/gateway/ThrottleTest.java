package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.spi.ApiKeyGuard;
import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.model.Cors;
import dev.gatehouse.wire.http.HttpReply;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private static final String REFUSED = "HTTP/1.1 429 Too Many Requests";
  private static final String OK = "HTTP/1.1 200";

  private final AtomicLong nanos = new AtomicLong();

  private RunningGateway serving(Definitions api) throws Exception {
    return RunningGateway.start(
        api,
        new GatewayPorts(
            InstantSource.system(),
            nanos::get,
            invocation -> CompletableFuture.completedFuture(new FunctionInvoker.Missing()),
            RunningGateway.CALLERS,
            RunningGateway::policy,
            Map.of(),
            ApiKeyGuard.CLOSED,
            (group, line) -> {},
            null,
            null,
            call -> HttpReply.json(404, "{}")));
  }

  @Test
  void zeroRefusesEveryRequestWithTheHeadersOfAFault() throws Exception {
    Cors cors = new Cors(null, null, null, List.of("*"), null, null);
    try (Backends backend = Backends.answering("ok");
        RunningGateway gateway =
            serving(new Definitions().cors(cors).throttle(0, 0).http("GET /x", backend.url()))) {
      assertThat(gateway.exchange("GET /x", "Origin: https://z"))
          .startsWith(REFUSED)
          .containsIgnoringCase("access-control-allow-origin: *")
          .doesNotContainIgnoringCase("retry-after")
          .endsWith("{\"message\":\"Too Many Requests\"}");
      nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
      assertThat(gateway.exchange("GET /x")).startsWith(REFUSED);
      assertThat(gateway.exchange("GET /none")).startsWith("HTTP/1.1 404");
    }
  }

  @Test
  void everyRouteHasItsOwnBucketAndItsOwnSettingsGoFirst() throws Exception {
    try (Backends backend = Backends.answering("ok");
        RunningGateway gateway =
            serving(
                new Definitions()
                    .throttle(1, 1)
                    .throttle("GET /c", 1, 2)
                    .http("GET /a", backend.url())
                    .http("GET /b/{id}", backend.url())
                    .http("GET /c", backend.url()))) {
      assertThat(gateway.exchange("GET /a")).startsWith(OK);
      assertThat(gateway.exchange("GET /a")).startsWith(REFUSED);
      assertThat(gateway.exchange("GET /b/1")).startsWith(OK);
      assertThat(gateway.exchange("GET /b/2")).startsWith(REFUSED);
      assertThat(gateway.exchange("GET /c")).startsWith(OK);
      assertThat(gateway.exchange("GET /c")).startsWith(OK);
      assertThat(gateway.exchange("GET /c")).startsWith(REFUSED);
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
      assertThat(gateway.exchange("GET /a")).startsWith(OK);
      assertThat(gateway.exchange("GET /a")).startsWith(REFUSED);
    }
  }

  @Test
  void changedSettingsActAtOnceAndOtherChangesFillNoBucket() throws Exception {
    try (Backends one = Backends.answering("one");
        Backends two = Backends.answering("two")) {
      Definitions before = new Definitions().throttle(1, 1).http("GET /x", one.url());
      try (RunningGateway gateway = serving(before)) {
        assertThat(gateway.exchange("GET /x")).endsWith("one");
        gateway
            .gateway()
            .publish(new Definitions().throttle(1, 1).http("GET /x", two.url()).release());
        assertThat(gateway.exchange("GET /x")).startsWith(REFUSED);
        gateway
            .gateway()
            .publish(
                new Definitions()
                    .throttle(1, 1)
                    .throttle("GET /y", 0, 0)
                    .http("GET /x", two.url())
                    .release());
        assertThat(gateway.exchange("GET /x")).startsWith(REFUSED);
        gateway
            .gateway()
            .publish(new Definitions().throttle(1, 2).http("GET /x", two.url()).release());
        assertThat(gateway.exchange("GET /x")).endsWith("two");
        gateway.gateway().publish(new Definitions().http("GET /x", two.url()).release());
        for (int i = 0; i < 5; i++) {
          assertThat(gateway.exchange("GET /x")).endsWith("two");
        }
      }
    }
  }

  @Test
  void connectionsOnAllEventLoopsShareOneBucket() throws Exception {
    try (Backends backend = Backends.answering("ok");
        RunningGateway gateway =
            serving(new Definitions().throttle(10, 7).http("GET /x", backend.url()));
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicInteger through = new AtomicInteger();
      for (int i = 0; i < 40; i++) {
        clients.submit(() -> through.addAndGet(gateway.exchange("GET /x").startsWith(OK) ? 1 : 0));
      }
      clients.shutdown();
      assertThat(clients.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
      assertThat(through).hasValue(7);
    }
  }
}
