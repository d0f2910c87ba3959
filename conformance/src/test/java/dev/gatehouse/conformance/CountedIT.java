package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.Eventually;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A server that counts control calls and what keys use, and writes access logs to its own output.
 */
class CountedIT {
  private static final String CONFIGURATION =
      """
      logs: {access: stdout}
      control-throttle: {rate: 1, burst: 40}
      extensions: {api-keys: on}
      """;
  private static final String KEY = "a-key-that-counts-every-request";

  @TempDir static Path directory;
  private static RunningGatehouse gw;

  @BeforeAll
  static void start() throws Exception {
    gw = RunningGatehouse.start(directory.resolve("data"), CONFIGURATION);
  }

  @AfterAll
  static void stop() throws Exception {
    gw.close();
  }

  @Test
  void linesOfAccessLogsGoToStandardOutput() throws Exception {
    try (Backend backend = Backend.start();
        HttpApi api = HttpApi.create(new Control(gw.http(), "111111111111"))) {
      api.routes(api.url(backend.url()), "GET /x");
      api.serve();
      Control control = new Control(gw.http(), "111111111111");
      Reply set =
          control.patch(
              api.path("/stages/%24default"),
              "{\"accessLogSettings\":{\"destinationArn\":\"arn:aws:logs:us-east-1:111111111111:"
                  + "log-group:out\",\"format\":\"OUT $context.requestId $context.status\"}}");
      assertThat(set.status()).as("%s", set).isEqualTo(200);
      String id = api.get("/x").header("apigw-requestid").orElseThrow();
      Eventually.eventually(
          "line of " + id,
          Duration.ofSeconds(10),
          () -> gw.log().lines().filter(("OUT " + id + " 200")::equals).findFirst());
    }
  }

  @Test
  void anAccountsControlCallsAreLimitedAndNobodyElses() throws Exception {
    Control control = new Control(gw.http(), "222222222222");
    long started = System.nanoTime();
    int admitted = 0;
    for (int i = 0; i < 80; i++) {
      Reply reply = control.get("/v2/apis");
      if (reply.status() == 200) {
        admitted++;
      } else {
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.header("x-amzn-errortype").orElse("")).contains("TooManyRequests");
      }
    }
    long seconds = 1 + Duration.ofNanos(System.nanoTime() - started).toSeconds();
    assertThat(admitted).isBetween(40, (int) (40 + seconds));
    assertThat(new Control(gw.http(), "333333333333").get("/v2/apis").status()).isEqualTo(200);
  }

  /** What a client was answered was counted; what was counted without an answer was under way. */
  @Test
  void aQuotaHoldsExactlyThoughTheServerIsKilledUnderLoad() throws Exception {
    Control control = new Control(gw.http(), "444444444444");
    try (Backend backend = Backend.start();
        HttpApi api = HttpApi.create(control)) {
      String plan = keyed(control, api, api.url(backend.url()));
      try (ExecutorService clients = Executors.newFixedThreadPool(4)) {
        AtomicInteger answers = new AtomicInteger();
        List<Future<?>> ended = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          ended.add(clients.submit(() -> useUntilGone(api, answers)));
        }
        Eventually.eventually(
            "some requests answered",
            Duration.ofSeconds(20),
            () -> Optional.of(answers.get()).filter(count -> count >= 100));
        gw.kill();
        for (Future<?> each : ended) {
          each.get();
        }
        gw.restart();
        int used = used(control, plan);
        assertThat(used).isBetween(answers.get(), answers.get() + 4);
        for (int i = used; i < QUOTA; i++) {
          assertThat(use(api)).isEqualTo(200);
        }
        assertThat(use(api)).isEqualTo(429);
        assertThat(used(control, plan)).isEqualTo(QUOTA);
        gw.stop();
        gw.restart();
        assertThat(use(api)).isEqualTo(429);
        assertThat(used(control, plan)).isEqualTo(QUOTA);
      }
    }
  }

  private static final int QUOTA = 2_000;

  /** Makes one route demand a key, and the key's plan; returns the plan's id. */
  private static String keyed(Control control, HttpApi api, String url) throws IOException {
    String route = api.routes(url, "GET /x");
    Reply set =
        control.send(
            "PUT",
            "/_gatehouse/control/apis/" + api.id() + "/routes/" + route + "/extensions",
            "{\"apiKeyRequired\":true}");
    assertThat(set.status()).as("%s", set).isEqualTo(200);
    api.serve();
    String key =
        control
            .create("/apikeys", "{\"enabled\":true,\"value\":\"" + KEY + "\"}")
            .path("id")
            .asString();
    String json =
        "{\"name\":\"p\",\"quota\":{\"limit\":%d,\"period\":\"MONTH\"},\"apiStages\":"
            + "[{\"apiId\":\"%s\",\"stage\":\"$default\"}]}";
    String plan =
        control.create("/usageplans", json.formatted(QUOTA, api.id())).path("id").asString();
    control.create(
        "/usageplans/" + plan + "/keys", "{\"keyId\":\"" + key + "\",\"keyType\":\"API_KEY\"}");
    return plan;
  }

  private static int use(HttpApi api) throws IOException {
    return api.get("/x", "x-api-key: " + KEY).status();
  }

  private static void useUntilGone(HttpApi api, AtomicInteger answers) {
    try {
      while (use(api) == 200) {
        answers.incrementAndGet();
      }
      throw new AssertionError("the quota was used up before the server was killed");
    } catch (IOException | RuntimeException gone) {
      return;
    }
  }

  private static int used(Control control, String plan) throws IOException {
    String today = LocalDate.now(ZoneOffset.UTC).toString();
    Reply reply =
        control.get("/usageplans/%s/usage?startDate=%s&endDate=%s".formatted(plan, today, today));
    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    JsonNode values = reply.json().path("values");
    return values.isEmpty() ? 0 : values.iterator().next().path(0).path(0).asInt();
  }
}
