package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RoutesIT {

  @Test
  @Vector({"K13", "K14"})
  void aRouteIsCreatedOnce() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        String json = "{\"routeKey\":\"GET /pets\"}";
        JsonNode route = gw.control().create(api.path("/routes"), json);
        String id = route.path("routeId").asString();
        assertThat(id).matches("[a-z0-9]{7}");
        assertThat(route)
            .isEqualTo(
                Reply.parse(
                    """
                    {"apiKeyRequired":false,"authorizationType":"NONE","routeId":"%s",
                     "routeKey":"GET /pets"}\
                    """
                        .formatted(id)));
        assertThat(gw.control().get(api.path("/routes/" + id)).json()).isEqualTo(route);

        Reply again = gw.control().post(api.path("/routes"), json);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("message").asString())
            .isEqualTo("Route with key GET /pets already exists for this API");
        assertThat(again.header("x-amzn-errortype").orElse("")).startsWith("ConflictException");
      }
    });
  }

  @ParameterizedTest
  @Vector("K15")
  @ValueSource(strings = {"GET pets", "FETCH /x", "GET /{a+}/b", "GET /{a}.json", "get /x", ""})
  void aMalformedRouteKeyIsRefused(String key) throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        String json = "{\"routeKey\":\"" + key + "\"}";
        Reply reply = gw.control().post(api.path("/routes"), json);
        assertThat(reply.status()).as("%s", reply).isEqualTo(400);
        assertThat(gw.control().get(api.path("/routes")).json().path("items").size()).isZero();
      }
    });
  }

  @Test
  @Vector("K19")
  void aRouteKeepsItsIdWhenItsKeyChanges() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        String id = api.routes(api.url("http://127.0.0.1:9"), "GET /old");
        Reply patched =
            gw.control().patch(api.path("/routes/" + id), "{\"routeKey\":\"PUT /new\"}");
        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.json().path("routeId").asString()).isEqualTo(id);
        JsonNode routes = gw.control().get(api.path("/routes")).json().path("items");
        assertThat(routes.size()).isEqualTo(1);
        assertThat(routes.path(0).path("routeKey").asString()).isEqualTo("PUT /new");
        assertThat(routes.path(0).path("target").asString()).startsWith("integrations/");
      }
    });
  }

  @Test
  void anUnknownRouteIsNotFound() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        for (String method : new String[] {"GET", "PATCH", "DELETE"}) {
          String body = method.equals("PATCH") ? "{}" : "";
          Reply reply = gw.control().send(method, api.path("/routes/nosuch1"), body);
          assertThat(reply.status()).as(method).isEqualTo(404);
          assertThat(reply.header("x-amzn-errortype").orElse("")).startsWith("NotFoundException");
        }
      }
    });
  }

  @Test
  void aDeletedRouteIsGone() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        String id = api.routes(api.url("http://127.0.0.1:9"), "GET /x");
        assertThat(gw.control().delete(api.path("/routes/" + id)).status()).isEqualTo(204);
        assertThat(gw.control().get(api.path("/routes/" + id)).status()).isEqualTo(404);
        assertThat(gw.control().delete(api.path("/routes/" + id)).status()).isEqualTo(404);
      }
    });
  }
}
