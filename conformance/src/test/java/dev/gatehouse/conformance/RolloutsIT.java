package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Program;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Deployments compared, rolled back and promoted: over HTTP, and by the command line. */
class RolloutsIT {

  /** An API with two deployments: the first has GET /old, the second GET /new in its place. */
  private record Two(HttpApi api, String first, String second) {
    static Two create(RunningGatehouse gw, HttpApi api, Backend backend) throws Exception {
      String integration = api.url(backend.url());
      String old = api.routes(integration, "GET /old");
      api.serve("$default", "prod");
      String first = api.deployed("$default").path("deploymentId").asString();
      assertThat(gw.control().delete(api.path("/routes/" + old)).status()).isEqualTo(204);
      api.routes(integration, "GET /new");
      String second =
          gw.control()
              .create(api.path("/deployments"), "{\"stageName\":\"$default\"}")
              .path("deploymentId")
              .asString();
      return new Two(api, first, second);
    }

    String path(String rest) {
      return "/_gatehouse/control/apis/" + api.id() + rest;
    }
  }

  /** What a test does with it. */
  private interface Use {
    void with(RunningGatehouse gw, Two two) throws Exception;
  }

  private static void withTwo(Use use) throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        use.with(gw, Two.create(gw, api, backend));
      }
    });
  }

  @Test
  void theDiffShowsWhichRoutesCameAndWent() throws Exception {
    withTwo((gw, two) -> {
      Reply reply =
          gw.control().get(two.path("/deployments/" + two.first() + "/diff/" + two.second()));
      assertThat(reply.status()).as("%s", reply).isEqualTo(200);
      JsonNode differences = reply.json().path("differences");
      assertThat(differences.size()).isEqualTo(1);
      JsonNode routes = differences.path(0);
      assertThat(routes.path("kind").asString()).isEqualTo("route");
      assertThat(routes.path("added").path(0).path("name").asString()).isEqualTo("GET /new");
      assertThat(routes.path("removed").path(0).path("name").asString()).isEqualTo("GET /old");
      assertThat(routes.path("changed").isEmpty()).isTrue();
    });
  }

  @Test
  void aRolledBackStageServesTheOldRoutesAtOnce() throws Exception {
    withTwo((gw, two) -> {
      assertThat(two.api().get("/new").text()).isEqualTo("ok");
      assertThat(two.api().get("/old").status()).isEqualTo(404);

      String json = "{\"deploymentId\":\"" + two.first() + "\"}";
      Reply reply = gw.control().post(two.path("/stages/$default/rollback"), json);
      assertThat(reply.status()).as("%s", reply).isEqualTo(200);
      assertThat(reply.json().path("previousDeploymentId").asString()).isEqualTo(two.second());
      assertThat(two.api().get("/old").text()).isEqualTo("ok");
      assertThat(two.api().get("/new").status()).isEqualTo(404);
    });
  }

  @Test
  void aPromotedStageServesWhatTheOtherServes() throws Exception {
    withTwo((gw, two) -> {
      assertThat(two.api().get("/prod/new").status()).isEqualTo(404);
      Reply reply = gw.control().post(two.path("/stages/prod/promote"), "{\"from\":\"$default\"}");
      assertThat(reply.status()).as("%s", reply).isEqualTo(200);
      assertThat(two.api().get("/prod/new").text()).isEqualTo("ok");
      assertThat(two.api().deployed("prod").path("deploymentId").asString())
          .isEqualTo(two.second());
    });
  }

  @Test
  void anAutomaticStageIsMovedOnlyWhenThatIsStopped() throws Exception {
    withTwo((gw, two) -> {
      gw.control().patch(two.api().path("/stages/$default"), "{\"autoDeploy\":true}");
      String path = two.path("/stages/%24default/rollback");
      Reply refused = gw.control().post(path, "{\"deploymentId\":\"" + two.first() + "\"}");
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.json().path("message").asString()).contains("stopAutoDeploy");
      assertThat(two.api().get("/new").text()).isEqualTo("ok");

      String json = "{\"deploymentId\":\"" + two.first() + "\",\"stopAutoDeploy\":true}";
      assertThat(gw.control().post(path, json).status()).isEqualTo(200);
      two.api().routes(two.api().url("http://127.0.0.1:9"), "GET /later");
      assertThat(two.api().get("/old").text()).isEqualTo("ok");
      assertThat(two.api().get("/later").status()).isEqualTo(404);
    });
  }

  @Test
  void theCallsAreGuardedAsControlCallsAre() throws Exception {
    withTwo((gw, two) -> {
      Control control = gw.control();
      String path = two.path("/deployments");
      assertThat(gw.http().get(path).status()).isEqualTo(403);
      List<String> page = new ArrayList<>(control.signed("apigateway"));
      page.add("Origin: https://evil.example");
      assertThat(gw.http().get(path, page.toArray(String[]::new)).status()).isEqualTo(403);
      String[] lambda = control.signed("lambda").toArray(String[]::new);
      assertThat(gw.http().get(path, lambda).status()).isEqualTo(403);
      assertThat(new Control(gw.http(), "111122220999").get(path).status()).isEqualTo(404);
      assertThat(control.get(path).status()).isEqualTo(200);
    });
  }

  @Test
  void theCommandLineShowsAndDoesIt() throws Exception {
    withTwo((gw, two) -> {
      gw.control().patch(two.api().path(""), "{\"name\":\"by name\"}");
      Program.Result list = gatehouse(gw, "ls", "by name");
      assertThat(list.output().lines().toList().get(1)).contains(two.second(), "$default");
      assertThat(list.output().lines().toList().get(2)).contains(two.first(), "prod");

      Program.Result diff = gatehouse(gw, "diff", two.api().id(), two.first(), two.second());
      assertThat(diff.output()).contains("removed  route", "GET /old", "GET /new");

      Program.Result moved = gatehouse(gw, "rollback", "by name", "$default", two.first());
      assertThat(moved.output()).contains("$default serves deployment " + two.first());
      assertThat(two.api().get("/old").text()).isEqualTo("ok");

      String id = two.api().id();
      Program.Result json = gatehouse(gw, "promote", id, "$default", "prod", "--output", "json");
      assertThat(Reply.parse(json.output()).path("deploymentId").asString()).isEqualTo(two.first());
    });
  }

  @Test
  void theCommandLineSaysWhatToDoWhereItIsRefused() throws Exception {
    withTwo((gw, two) -> {
      String id = two.api().id();
      assertFails(run(gw, "ls", "no such api"), "there is no API no such api");
      assertFails(run(gw, "rollback", id, "prod", "nope"), "gatehouse deployments ls " + id);
      gw.control().patch(two.api().path("/stages/prod"), "{\"autoDeploy\":true}");
      assertFails(
          run(gw, "promote", id, "$default", "prod"),
          "it; on this command line that is --stop-auto-deploy");
      gatehouse(gw, "promote", id, "$default", "prod", "--stop-auto-deploy");
    });
  }

  private static void assertFails(Program.Result result, String said) {
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.output()).startsWith("gatehouse: ").contains(said).hasLineCount(1);
  }

  private static Program.Result gatehouse(RunningGatehouse gw, String... arguments)
      throws Exception {
    Program.Result result = run(gw, arguments);
    assertThat(result.exit()).as(result.output()).isZero();
    return result;
  }

  private static Program.Result run(RunningGatehouse gw, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(RunningGatehouse.launcher().toString());
    command.add("deployments");
    command.addAll(List.of(arguments));
    command.addAll(List.of("--endpoint", gw.url().toString()));
    return Program.run(Path.of("."), Map.of(), command.toArray(String[]::new));
  }
}
