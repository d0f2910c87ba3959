package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Eventually;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Issuer;
import dev.gatehouse.conformance.rig.Prometheus;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.SharedGatehouse;
import dev.gatehouse.conformance.rig.SocketApi;
import dev.gatehouse.testkit.RawWebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Each panel of the dashboard shows something, asked of a real Prometheus. */
class DashboardIT {
  @TempDir Path directory;

  @Test
  void eachPanelHasData() throws Exception {
    JsonNode dashboard = Reply.parse(Files.readString(Path.of("../docs/grafana-dashboard.json")));
    withGatehouse((gw, http) -> {
      Issuer issuer = SharedGatehouse.issuer();
      try (Backend backend = Backend.start();
          Prometheus prometheus = Prometheus.start(gw, directory);
          HttpApi api = HttpApi.create(gw);
          SocketApi sockets = SocketApi.create(gw)) {
        serve(gw, api, issuer, backend);
        sockets.oneWay("$connect", sockets.mock("x"));
        sockets.serve();
        List<String> missing = questions(dashboard);
        assertThat(missing).hasSizeGreaterThan(15);
        Eventually.eventually(
            "data in all panels",
            Duration.ofSeconds(40),
            () -> {
              use(api, issuer, sockets, backend);
              missing.removeIf(prometheus::answers);
              return missing.isEmpty() ? Optional.of(true) : Optional.empty();
            });
        for (JsonNode variable : dashboard.at("/templating/list")) {
          String label = variable.path("name").asString();
          if (variable.path("type").asString().equals("query")) {
            assertThat(prometheus.values(label)).as(label).isNotEmpty();
          }
        }
        assertThat(prometheus.complaints()).as("what promtool says of the metrics").isEmpty();
      }
    });
  }

  private static void serve(RunningGatehouse gw, HttpApi api, Issuer issuer, Backend backend)
      throws Exception {
    api.guard("GET /jwt", api.url(backend.url()), "JWT", api.jwt(issuer.name(), "aud"));
    api.serve();
    String json = "{\"defaultRouteSettings\":{\"detailedMetricsEnabled\":true}}";
    assertThat(gw.control().patch(api.path("/stages/%24default"), json).status()).isEqualTo(200);
  }

  /** Some of all that is counted. */
  private static void use(HttpApi api, Issuer issuer, SocketApi sockets, Backend backend)
      throws Exception {
    assertThat(api.get("/jwt", "Authorization: " + issuer.token("")).status()).isEqualTo(200);
    backend.taken();
    assertThat(api.get("/jwt").status()).isEqualTo(401);
    try (RawWebSocket socket = sockets.connect()) {
      socket.text("{\"action\":\"none\"}");
      socket.message();
    }
  }

  private static List<String> questions(JsonNode dashboard) {
    List<String> questions = new ArrayList<>();
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        questions.add(
            target
                .path("expr")
                .asString()
                .replace("$__rate_interval", "3s")
                .replace("$api", ".*")
                .replace("$stage", ".*"));
      }
    }
    return questions;
  }
}
