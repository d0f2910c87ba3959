package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.balance.TargetDefinition;
import dev.gatehouse.gateway.balance.TargetDefinition.Ejection;
import dev.gatehouse.gateway.balance.TargetDefinition.HealthCheck;
import dev.gatehouse.gateway.balance.TargetDefinition.Upstream;
import dev.gatehouse.gateway.balance.TargetStatus.UpstreamStatus;
import dev.gatehouse.gateway.upstream.BackendOptions;
import dev.gatehouse.gateway.upstream.Origin;
import dev.gatehouse.model.Extensions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a VPC link leads to (http-api.md section 6). */
class PrivateIntegrationTest {
  private static final String ARN =
      "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/a/b/c";
  private static final String UNAVAILABLE = "{\"message\":\"Service Unavailable\"}";

  private static TargetDefinition target(@Nullable HealthCheck check, String... urls) {
    return new TargetDefinition(
        Arrays.stream(urls)
            .map(URI::create)
            .map(url -> new Upstream(new Origin(url.getHost(), url.getPort(), false), Map.of()))
            .toList(),
        null,
        check,
        new Ejection(2, Duration.ofMinutes(1)),
        Duration.ZERO);
  }

  private static RunningGateway serving(Definitions api, TargetDefinition target)
      throws IOException {
    return RunningGateway.serving(
        api,
        RunningGateway.options(Extensions.NONE, BackendOptions.defaults(), Map.of(ARN, target)));
  }

  private static Definitions api(String routeKey) {
    return new Definitions().link(routeKey, ARN, 5_000, Map.of(), null);
  }

  private static String closed() throws IOException {
    try (Backends backend = Backends.answering("never")) {
      return backend.url();
    }
  }

  @Test
  void thePathWithItsStageTheQueryAndTheHostAreTheClients() throws Exception {
    try (Backends backend = Backends.answering("ok");
        RunningGateway gateway =
            serving(
                new Definitions().stage("test").link("ANY /r/{p}", ARN, 5_000, Map.of(), null),
                target(null, backend.url()))) {
      assertThat(gateway.exchange("GET /test/r/a%20b?x=1&y=%20")).endsWith("ok");
      assertThat(backend.nextHead())
          .startsWith("GET /test/r/a%20b?x=1&y=%20 HTTP/1.1\r\n")
          .containsIgnoringCase("\r\nhost: " + RunningGateway.HOST + "\r\n")
          .contains("forwarded: for=127.0.0.1;host=" + RunningGateway.HOST + ";proto=https")
          .containsIgnoringCase("via: HTTP/1.1 AmazonAPIGateway");
    }
  }

  @Test
  void overwritingThePathTakesTheStageAway() throws Exception {
    Map<String, String> mapping =
        Map.of("overwrite:path", "$request.path", "overwrite:header.host", "$request.header.x-to");
    try (Backends backend = Backends.answering("ok");
        RunningGateway gateway =
            serving(
                new Definitions().stage("test").link("$default", ARN, 5_000, mapping, null),
                target(null, backend.url()))) {
      assertThat(gateway.exchange("GET /test/r", "X-To: inner.example")).endsWith("ok");
      assertThat(backend.nextHead())
          .startsWith("GET /r HTTP/1.1\r\n")
          .containsIgnoringCase("\r\nhost: inner.example\r\n");
    }
  }

  @Test
  void dotSegmentsAreRefused() throws Exception {
    try (Backends backend = Backends.answering("ok");
        RunningGateway gateway = serving(api("$default"), target(null, backend.url()))) {
      for (String path : new String[] {"/a/../b", "/a/%2e%2E/b", "/..%5cb", "/a/..;x/b", "/."}) {
        assertThat(gateway.exchange("GET " + path)).as(path).startsWith("HTTP/1.1 400 ");
      }
    }
  }

  @Test
  void withoutATargetTheIntegrationIsUnavailable() throws Exception {
    try (RunningGateway gateway = RunningGateway.serving(api("GET /x"))) {
      assertThat(gateway.exchange("GET /x")).startsWith("HTTP/1.1 503 ").endsWith(UNAVAILABLE);
    }
  }

  @Test
  void severalUpstreamsShareTheRequests() throws Exception {
    try (Backends one = Backends.answering("one");
        Backends two = Backends.answering("two");
        RunningGateway gateway = serving(api("GET /x"), target(null, one.url(), two.url()))) {
      int ones = 0;
      for (int i = 0; i < 60; i++) {
        ones += gateway.exchange("GET /x").endsWith("one") ? 1 : 0;
      }
      assertThat(ones).isBetween(10, 50);
    }
  }

  @Test
  void whatCannotBeReachedCostsNoRequest() throws Exception {
    try (Backends alive = Backends.answering("ok");
        RunningGateway gateway =
            serving(api("ANY /x"), target(null, closed(), alive.url(), closed()))) {
      for (int i = 0; i < 30; i++) {
        assertThat(gateway.exchange("POST /x", "Content-Length: 0")).endsWith("ok");
      }
      assertThat(gateway.gateway().targets().getFirst().upstreams())
          .filteredOn(UpstreamStatus::ejected)
          .hasSize(1);
    }
  }

  @Test
  void aRequestThatMayBeRepeatedGoesToAnotherUpstream() throws Exception {
    try (Backends dying = new Backends(Backends.Conversation::head);
        Backends alive = Backends.answering("ok");
        RunningGateway gateway = serving(api("ANY /x"), target(null, dying.url(), alive.url()))) {
      for (int i = 0; i < 20; i++) {
        assertThat(gateway.raw(request("PUT", "body"))).endsWith("ok");
      }
      assertThat(alive.nextHead()).startsWith("PUT /x ");
    }
  }

  @Test
  void aRequestThatMayNotBeRepeatedIsSentOnce() throws Exception {
    try (Backends dying = new Backends(Backends.Conversation::head);
        RunningGateway gateway = serving(api("ANY /x"), target(null, dying.url(), dying.url()))) {
      assertThat(gateway.raw(request("POST", "body"))).endsWith(UNAVAILABLE);
    }
  }

  private static String request(String method, String body) {
    return method
        + " /x HTTP/1.1\r\nHost: "
        + RunningGateway.HOST
        + "\r\nConnection: close\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  @Test
  void theHealthCheckTakesUpstreamsOutAndBackIn() throws Exception {
    HealthCheck check =
        new HealthCheck("/health", Duration.ofMillis(20), Duration.ofSeconds(2), 2, 2);
    AtomicBoolean well = new AtomicBoolean(true);
    try (Backends backend =
            new Backends(conversation -> {
              for (String head = conversation.head(); !head.isEmpty(); head = conversation.head()) {
                boolean ok = !head.startsWith("GET /health") || well.get();
                String status = ok ? "200 OK" : "503 No";
                conversation.send("HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\nok");
              }
            });
        RunningGateway gateway = serving(api("GET /x"), target(check, backend.url()))) {
      assertThat(gateway.exchange("GET /x")).endsWith("ok");
      well.set(false);
      await(gateway, upstream -> !upstream.healthy());
      assertThat(gateway.exchange("GET /x")).endsWith(UNAVAILABLE);
      well.set(true);
      await(gateway, UpstreamStatus::healthy);
      assertThat(gateway.exchange("GET /x")).endsWith("ok");
    }
  }

  @Test
  void anUpstreamThatHangsOrRefusesIsUnwell() throws Exception {
    HealthCheck check = new HealthCheck("/", Duration.ofMillis(20), Duration.ofMillis(100), 2, 2);
    try (Backends hanging = new Backends(conversation -> conversation.in().readAllBytes());
        RunningGateway gateway = serving(api("GET /x"), target(check, hanging.url(), closed()))) {
      await(gateway, upstream -> !upstream.healthy());
    }
  }

  private static void await(RunningGateway gateway, Predicate<UpstreamStatus> all)
      throws InterruptedException {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (!gateway.gateway().targets().getFirst().upstreams().stream().allMatch(all)) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
      Thread.sleep(5);
    }
  }
}
