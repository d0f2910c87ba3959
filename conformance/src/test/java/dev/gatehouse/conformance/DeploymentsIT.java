package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.Eventually;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.Vector;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DeploymentsIT {
  private static final String AUTOMATIC =
      "Automatic deployment triggered by changes to the Api configuration";

  @Test
  @Vector("K28")
  void anHttpApiWithoutRoutesCannotBeDeployed() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        Reply reply = gw.control().post(api.path("/deployments"), "{}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("message").asString())
            .isEqualTo("Unable to deploy API because no routes exist in this API");
      }
    });
  }

  @Test
  @Vector("K29")
  void aWebSocketApiWithoutRoutesCannotBeDeployed() throws Exception {
    withGatehouse((gw, http) -> {
      Control control = gw.control();
      String id =
          control
              .create(
                  "/v2/apis",
                  """
                  {"name":"a","protocolType":"WEBSOCKET",
                   "routeSelectionExpression":"$request.body.action"}\
                  """)
              .path("apiId")
              .asString();
      Reply reply = control.post("/v2/apis/" + id + "/deployments", "{}");
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.json().path("message").asString())
          .isEqualTo("At least one route is required before deploying the Api");
      assertThat(control.delete("/v2/apis/" + id).status()).isEqualTo(204);
    });
  }

  @Test
  @Vector("K30")
  void aDeploymentByHand() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url("http://127.0.0.1:9"), "GET /x");
        JsonNode deployment =
            gw.control().create(api.path("/deployments"), "{\"description\":\"first\"}");
        String id = deployment.path("deploymentId").asString();
        assertThat(id).matches("[a-z0-9]{6}");
        assertThat(deployment.path("deploymentStatus").asString()).isEqualTo("DEPLOYED");
        assertThat(deployment.path("autoDeployed").asBoolean(true)).isFalse();
        assertThat(deployment.path("description").asString()).isEqualTo("first");
        assertThat(gw.control().get(api.path("/deployments/" + id)).json()).isEqualTo(deployment);
      }
    });
  }

  @Test
  @Vector({"K31", "K33"})
  void aStageIsCreatedOnce() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        JsonNode stage = gw.control().create(api.path("/stages"), "{\"stageName\":\"dev\"}");
        assertThat(stage.path("defaultRouteSettings"))
            .isEqualTo(Reply.parse("{\"detailedMetricsEnabled\":false}"));
        for (String empty : new String[] {"routeSettings", "stageVariables", "tags"}) {
          assertThat(stage.path(empty)).as(empty).isEqualTo(Reply.parse("{}"));
        }
        assertThat(stage.has("deploymentId")).isFalse();
        assertThat(gw.control().get(api.path("/stages/dev")).json()).isEqualTo(stage);

        Reply again = gw.control().post(api.path("/stages"), "{\"stageName\":\"dev\"}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("message").asString()).isEqualTo("Stage already exists");
      }
    });
  }

  @Test
  @Vector("K34")
  void autoDeployMakesADeploymentAndMovesTheStage() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        String json = "{\"stageName\":\"$default\",\"autoDeploy\":true}";
        JsonNode created = gw.control().create(api.path("/stages"), json);
        assertThat(created.path("autoDeploy").asBoolean(false)).isTrue();
        api.routes(api.url(backend.url()), "GET /x");

        JsonNode stage = api.deployed("$default");
        String id = stage.path("deploymentId").asString();
        JsonNode deployment = gw.control().get(api.path("/deployments/" + id)).json();
        assertThat(deployment.path("autoDeployed").asBoolean(false)).isTrue();
        assertThat(deployment.path("description").asString()).isEqualTo(AUTOMATIC);
        assertThat(stage.path("lastDeploymentStatusMessage").asString())
            .isEqualTo("Successfully deployed stage with deployment ID '" + id + "'");
        assertThat(awaited(api, "/x", 200).text()).isEqualTo("ok");
      }
    });
  }

  @Test
  void quickChangesAreFoldedIntoOneDeployment() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw);
          Backend backend = Backend.start()) {
        gw.control()
            .create(api.path("/stages"), "{\"stageName\":\"$default\",\"autoDeploy\":true}");
        String url = api.url(backend.url());
        for (int i = 0; i < 20; i++) {
          api.routes(url, "GET /r" + i);
          assertThat(api.get("/r" + i).status()).isEqualTo(200);
        }
        assertThat(gw.control().get(api.path("/deployments")).json().path("items"))
            .hasSizeLessThan(15);
      }
    });
  }

  @Test
  @Vector("K35")
  void autoDeployForbidsChoosingTheDeployment() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url("http://127.0.0.1:9"), "GET /x");
        JsonNode deployment = gw.control().create(api.path("/deployments"), "{}");
        gw.control().create(api.path("/stages"), "{\"stageName\":\"dev\",\"autoDeploy\":true}");
        Reply reply =
            gw.control()
                .patch(
                    api.path("/stages/dev"),
                    "{\"deploymentId\":\"%s\"}"
                        .formatted(deployment.path("deploymentId").asString()));
        assertThat(reply.status()).isEqualTo(400);
      }
    });
  }

  @Test
  @Vector("K36")
  void routeSettingsNeedTheirRoute() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        Reply reply =
            gw.control()
                .post(
                    api.path("/stages"),
                    """
                    {"stageName":"dev",
                     "routeSettings":{"GET /none":{"detailedMetricsEnabled":true}}}\
                    """);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("message").asString())
            .isEqualTo("Unable to find Route by key GET /none within the provided RouteSettings");
      }
    });
  }

  @Test
  @Vector("K40")
  void aStageVariableHasNoSpaces() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        String json = "{\"stageName\":\"dev\",\"stageVariables\":{\"a\":\"%s\"}}";
        assertThat(gw.control().post(api.path("/stages"), json.formatted("b c")).status())
            .isEqualTo(400);
        JsonNode stage = gw.control().create(api.path("/stages"), json.formatted("b-c"));
        assertThat(stage.path("stageVariables")).isEqualTo(Reply.parse("{\"a\":\"b-c\"}"));
      }
    });
  }

  @Test
  @Vector("K41")
  void aDeploymentInUseStays() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url("http://127.0.0.1:9"), "GET /x");
        api.serve("dev");
        String path = "/deployments/" + api.deployed("dev").path("deploymentId").asString();
        Reply refused = gw.control().delete(api.path(path));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("message").asString())
            .isEqualTo("Active stages pointing to this deployment must be moved or deleted");
        assertThat(gw.control().delete(api.path("/stages/dev")).status()).isEqualTo(204);
        assertThat(gw.control().delete(api.path(path)).status()).isEqualTo(204);
      }
    });
  }

  @Test
  void aStageServesOnlyWhatWasDeployedToIt() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        String integration = api.url(backend.url());
        String old = api.routes(integration, "GET /old");
        api.serve();
        api.routes(integration, "GET /new");
        assertThat(gw.control().delete(api.path("/routes/" + old)).status()).isEqualTo(204);
        assertThat(api.get("/old").status()).isEqualTo(200);
        assertThat(api.get("/new").status()).isEqualTo(404);

        gw.control().create(api.path("/deployments"), "{\"stageName\":\"$default\"}");
        assertThat(awaited(api, "/new", 200).text()).isEqualTo("ok");
        assertThat(api.get("/old").status()).isEqualTo(404);
      }
    });
  }

  @Test
  void aStageGoesBackToAnOlderDeployment() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        String integration = api.url(backend.url());
        api.routes(integration, "GET /one");
        api.serve();
        String first = api.deployed("$default").path("deploymentId").asString();
        api.routes(integration, "GET /two");
        gw.control().create(api.path("/deployments"), "{\"stageName\":\"$default\"}");
        assertThat(awaited(api, "/two", 200).text()).isEqualTo("ok");

        String json = "{\"deploymentId\":\"%s\"}".formatted(first);
        assertThat(gw.control().patch(api.path("/stages/$default"), json).status()).isEqualTo(200);
        awaited(api, "/two", 404);
        assertThat(api.get("/one").status()).isEqualTo(200);
      }
    });
  }

  private static Reply awaited(HttpApi api, String target, int status) throws Exception {
    return Eventually.eventually(
        target + " answers " + status,
        Duration.ofSeconds(10),
        () -> Optional.of(api.get(target)).filter(reply -> reply.status() == status));
  }
}
