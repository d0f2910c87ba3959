package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.Vector;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An API with integration, route and stage in one call. */
class QuickCreateIT {
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:f";

  @Test
  @Vector("K10")
  void aFunctionGetsAnApi() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.quick(gw.control(), "\"target\":\"" + FUNCTION + "\"")) {
        JsonNode integration = only(gw.control(), api, "/integrations");
        assertThat(integration.path("integrationType").asString()).isEqualTo("AWS_PROXY");
        assertThat(integration.path("integrationUri").asString()).isEqualTo(FUNCTION);
        assertThat(integration.path("payloadFormatVersion").asString()).isEqualTo("2.0");
        assertThat(integration.path("integrationMethod").asString()).isEqualTo("POST");
        assertThat(integration.path("timeoutInMillis").asInt()).isEqualTo(30_000);
        JsonNode route = only(gw.control(), api, "/routes");
        assertThat(route.path("routeKey").asString()).isEqualTo("$default");
        assertThat(route.path("target").asString())
            .isEqualTo("integrations/" + integration.path("integrationId").asString());
        api.deployed("$default");
        JsonNode stage = only(gw.control(), api, "/stages");
        assertThat(stage.path("stageName").asString()).isEqualTo("$default");
        assertThat(stage.path("autoDeploy").asBoolean(false)).isTrue();
        JsonNode deployment = only(gw.control(), api, "/deployments");
        assertThat(deployment.path("autoDeployed").asBoolean(false)).isTrue();
        for (JsonNode managed : new JsonNode[] {integration, route, stage}) {
          assertThat(managed.path("apiGatewayManaged").asBoolean(false)).isTrue();
        }
      }
    });
  }

  private static JsonNode only(Control control, HttpApi api, String path) throws IOException {
    JsonNode items = control.get(api.path(path)).json().path("items");
    assertThat(items.size()).as(path).isEqualTo(1);
    return items.path(0);
  }

  @Test
  @Vector("K11")
  void aUrlGetsAnApiThatServesAtOnce() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api =
              HttpApi.quick(
                  gw.control(),
                  "\"target\":\"%s\",\"routeKey\":\"GET /x\"".formatted(backend.url()))) {
        JsonNode integration = only(gw.control(), api, "/integrations");
        assertThat(integration.path("integrationType").asString()).isEqualTo("HTTP_PROXY");
        assertThat(integration.path("payloadFormatVersion").asString()).isEqualTo("1.0");
        assertThat(integration.path("integrationMethod").asString()).isEqualTo("ANY");
        assertThat(only(gw.control(), api, "/routes").path("routeKey").asString())
            .isEqualTo("GET /x");
        api.deployed("$default");
        assertThat(api.get("/x").text()).isEqualTo("ok");
        assertThat(api.get("/y").status()).isEqualTo(404);
      }
    });
  }

  @Test
  @Vector("K12")
  void aWebSocketApiIsNotQuicklyCreated() throws Exception {
    withGatehouse((gw, http) -> {
      Reply reply =
          gw.control()
              .post(
                  "/v2/apis",
                  """
                  {"name":"a","protocolType":"WEBSOCKET","target":"%s",
                   "routeSelectionExpression":"$request.body.action"}\
                  """
                      .formatted(FUNCTION));
      assertThat(reply.status()).isEqualTo(400);
    });
  }
}
