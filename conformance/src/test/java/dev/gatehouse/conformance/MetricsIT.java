package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Eventually;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What operators see, as their tools see it. */
class MetricsIT {
  private static String metrics(RunningGatehouse gw) throws Exception {
    Reply reply = gw.http().get("/_gatehouse/metrics");
    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    assertThat(reply.header("content-type").orElse("")).startsWith("text/plain");
    return reply.text();
  }

  private static double value(String text, String line) {
    return text.lines()
        .filter(each -> each.startsWith(line + " "))
        .map(each -> Double.parseDouble(each.substring(line.length() + 1)))
        .findFirst()
        .orElse(-1.0);
  }

  @Test
  void requestsAreCountedByStageAndByRouteWhereAskedFor() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url()), "GET /x", "GET /plain");
        api.routes(api.url(Backend.dead()), "GET /down");
        api.serve();
        Reply set =
            gw.control()
                .patch(
                    api.path("/stages/%24default"),
                    """
                    {"routeSettings":{"GET /x":{"detailedMetricsEnabled":true},
                     "GET /plain":{"throttlingBurstLimit":0,"throttlingRateLimit":0}}}\
                    """);
        assertThat(set.status()).as("%s", set).isEqualTo(200);
        for (int i = 0; i < 3; i++) {
          assertThat(api.get("/x").status()).isEqualTo(200);
        }
        assertThat(api.get("/nowhere").status()).isEqualTo(404);
        assertThat(api.get("/plain").status()).isEqualTo(429);
        assertThat(api.get("/down").status()).isEqualTo(503);
        String stage = "{api=\"" + api.id() + "\",stage=\"$default\"}";
        String text =
            Eventually.eventually(
                "all counted",
                Duration.ofSeconds(10),
                () ->
                    Optional.of(metrics(gw))
                        .filter(at -> value(at, "gatehouse_requests_total" + stage) == 6));
        assertThat(value(text, "gatehouse_client_errors_total" + stage)).isEqualTo(2);
        assertThat(value(text, "gatehouse_server_errors_total" + stage)).isEqualTo(1);
        assertThat(value(text, "gatehouse_throttled_total" + stage)).isEqualTo(1);
        assertThat(value(text, "gatehouse_data_processed_bytes_total" + stage)).isPositive();
        assertThat(value(text, "gatehouse_latency_seconds_count" + stage)).isEqualTo(6);
        assertThat(value(text, "gatehouse_integration_latency_seconds_count" + stage)).isEqualTo(4);
        String route = "{api=\"" + api.id() + "\",route=\"GET /x\",stage=\"$default\"}";
        assertThat(value(text, "gatehouse_route_requests_total" + route)).isEqualTo(3);
        assertThat(text).doesNotContain("route=\"GET /plain\"").contains("jvm_memory_used_bytes");
        assertThat(value(text, "gatehouse_event_loop_delay_seconds{loop=\"0\"}")).isPositive();
      }
    });
  }

  @Test
  void metricsAreNoWebPagesBusiness() throws Exception {
    withGatehouse((gw, http) -> {
      assertThat(http.get("/_gatehouse/metrics", "Origin: http://evil.example").status())
          .isEqualTo(403);
      assertThat(http.get("/_gatehouse/metrics", "Host: evil.example").status()).isEqualTo(403);
      assertThat(gw.control().post("/_gatehouse/metrics", "").status()).isEqualTo(405);
    });
  }

  /** What its panels ask is DashboardIT's affair. */
  @Test
  void theDashboardIsMadeOfPanels() throws Exception {
    JsonNode dashboard = Reply.parse(Files.readString(Path.of("../docs/grafana-dashboard.json")));
    assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThan(30);
    assertThat(dashboard.at("/templating/list").size()).isEqualTo(3);
    assertThat(dashboard.path("panels").size()).isGreaterThan(8);
    for (JsonNode panel : dashboard.path("panels")) {
      assertThat(panel.path("gridPos").has("w")).as("%s", panel).isTrue();
      assertThat(panel.path("type").asString()).isEqualTo("timeseries");
    }
  }

  @Test
  void theCommandShowsTheStateAndTheTrafficOnce() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url()), "GET /x");
        api.serve();
        assertThat(api.get("/x").status()).isEqualTo(200);
        assertThat(run(gw, "status")).contains("version", "uptime", "connections");
        assertThat(run(gw, "top", "--once", "--every", "1s")).contains(api.id(), "GET /x");
      }
    });
  }

  private static String run(RunningGatehouse gw, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(RunningGatehouse.launcher().toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("--endpoint", gw.url().toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }
}
