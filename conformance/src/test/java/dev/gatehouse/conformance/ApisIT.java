package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.Http;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.Vector;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ApisIT {

  @Test
  @Vector("K01")
  void anHttpApiIsCreatedWithAwsDefaults() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        JsonNode created = api.description();
        assertThat(created.propertyNames())
            .containsExactlyInAnyOrder(
                "apiEndpoint",
                "apiId",
                "apiKeySelectionExpression",
                "createdDate",
                "disableExecuteApiEndpoint",
                "ipAddressType",
                "name",
                "protocolType",
                "routeSelectionExpression",
                "tags");
        assertThat(api.id()).matches("[a-z0-9]{10}");
        assertThat(created.path("routeSelectionExpression").asString())
            .isEqualTo("$request.method $request.path");
        assertThat(created.path("apiKeySelectionExpression").asString())
            .isEqualTo("$request.header.x-api-key");
        assertThat(created.path("tags")).isEqualTo(Reply.parse("{}"));
        assertThat(created.path("disableExecuteApiEndpoint").asBoolean(true)).isFalse();
        assertThat(created.path("ipAddressType").asString()).isEqualTo("ipv4");
        assertThat(created.path("createdDate").asString())
            .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(Z|\\+00:00)");
        assertThat(gw.control().get(api.path("")).json()).isEqualTo(created);
      }
    });
  }

  @Test
  @Vector("K02")
  void aWebSocketApiNeedsARouteSelectionExpression() throws Exception {
    assertRefused("{\"name\":\"a\",\"protocolType\":\"WEBSOCKET\"}");
  }

  @Test
  @Vector("K03")
  void aWebSocketApiHasAWssEndpoint() throws Exception {
    withGatehouse((gw, http) -> {
      JsonNode created =
          gw.control()
              .create(
                  "/v2/apis",
                  """
                  {"name":"a","protocolType":"WEBSOCKET",
                   "routeSelectionExpression":"$request.body.action"}\
                  """);
      assertThat(created.path("apiEndpoint").asString()).startsWith("wss://");
      String path = "/v2/apis/" + created.path("apiId").asString();
      assertThat(gw.control().delete(path).status()).isEqualTo(204);
    });
  }

  @Test
  @Vector("K04")
  void anUnknownProtocolIsRefused() throws Exception {
    assertRefused("{\"name\":\"a\",\"protocolType\":\"FOO\"}");
  }

  @Test
  @Vector("K05")
  void anApiNeedsAName() throws Exception {
    assertRefused("{\"protocolType\":\"HTTP\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "\"a\"",
        "{\"name\":7,\"protocolType\":{}}",
        "{\"name\":\"\",\"protocolType\":\"HTTP\"}"
      })
  void whatIsNotTheShapeIsRefused(String json) throws Exception {
    assertRefused(json);
  }

  private static void assertRefused(String json) throws Exception {
    withGatehouse((gw, http) -> {
      Reply reply = gw.control().post("/v2/apis", json);
      assertThat(reply.status()).as("%s", reply).isEqualTo(400);
      assertThat(reply.json().path("message").asString()).isNotBlank();
      assertThat(reply.header("x-amzn-errortype").orElse(""))
          .containsAnyOf("BadRequestException", "SerializationException");
    });
  }

  @Test
  @Vector("K06")
  void anUnknownApiIsNamedInTheError() throws Exception {
    withGatehouse((gw, http) -> {
      Reply reply = new Control(http, "111122223333").get("/v2/apis/nope");
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.json().path("message").asString())
          .isEqualTo("Invalid API identifier specified 111122223333:nope");
      assertThat(reply.header("x-amzn-errortype").orElse("")).startsWith("NotFoundException");
    });
  }

  @Test
  @Vector("K07")
  void anEmptyAccountListsNothing() throws Exception {
    withGatehouse((gw, http) -> {
      Reply reply = new Control(http, "111122220007").get("/v2/apis");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.json()).isEqualTo(Reply.parse("{\"items\":[]}"));
    });
  }

  @Test
  @Vector("K08")
  void listsComeInPages() throws Exception {
    withGatehouse((gw, http) -> {
      Control control = new Control(http, "111122220008");
      try (HttpApi one = HttpApi.create(control);
          HttpApi two = HttpApi.create(control);
          HttpApi three = HttpApi.create(control)) {
        JsonNode first = control.get("/v2/apis?maxResults=2").json();
        String token = first.path("nextToken").asString();
        JsonNode second = control.get("/v2/apis?maxResults=2&nextToken=" + token).json();

        assertThat(first.path("items").size()).isEqualTo(2);
        assertThat(second.path("items").size()).isEqualTo(1);
        assertThat(second.has("nextToken")).isFalse();
        Set<String> ids = new TreeSet<>();
        first.path("items").forEach(item -> ids.add(item.path("apiId").asString()));
        second.path("items").forEach(item -> ids.add(item.path("apiId").asString()));
        assertThat(ids).containsExactlyInAnyOrder(one.id(), two.id(), three.id());
        assertThat(control.get("/v2/apis?maxResults=two").status()).isEqualTo(400);
        assertThat(control.get("/v2/apis?nextToken=forged").status()).isEqualTo(400);
      }
    });
  }

  @Test
  @Vector("K09")
  void aPatchChangesWhatItNamesAndNothingElse() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        Reply patched = gw.control().patch(api.path(""), "{\"description\":\"x\"}");
        assertThat(patched.status()).isEqualTo(200);
        JsonNode now = gw.control().get(api.path("")).json();
        assertThat(now.path("description").asString()).isEqualTo("x");
        assertThat(((ObjectNode) now).without("description")).isEqualTo(api.description());
      }
    });
  }

  @Test
  @Vector("K63")
  void deletingAnApiDeletesAllBelowIt() throws Exception {
    withGatehouse((gw, http) -> {
      HttpApi api = HttpApi.create(gw);
      String integration = api.url("http://127.0.0.1:9");
      String route = api.routes(integration, "GET /x");
      api.serve("dev");
      Control control = gw.control();
      assertThat(control.delete(api.path("")).status()).isEqualTo(204);

      for (String path :
          new String[] {
            "",
            "/routes",
            "/routes/" + route,
            "/integrations",
            "/integrations/" + integration,
            "/stages",
            "/stages/dev",
            "/deployments"
          }) {
        assertThat(control.get(api.path(path)).status()).as(path).isEqualTo(404);
      }
      assertNotServed(api);
      assertThat(control.delete(api.path("")).status()).isEqualTo(404);
    });
  }

  private static void assertNotServed(HttpApi api) throws IOException {
    Reply reply = api.get("/dev/x");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.text()).isEqualTo("{\"message\":\"Not Found\"}");
  }

  @Test
  void accountsDoNotSeeEachOther() throws Exception {
    withGatehouse((gw, http) -> {
      Control other = new Control(http, "111122220099");
      try (HttpApi api = HttpApi.create(gw)) {
        assertThat(other.get(api.path("")).status()).isEqualTo(404);
        assertThat(other.delete(api.path("")).status()).isEqualTo(404);
        assertThat(other.get("/v2/apis").json().path("items").size()).isZero();
        assertThat(gw.control().get(api.path("")).status()).isEqualTo(200);
      }
    });
  }

  @Test
  void whatIsNotBuiltSaysSo() throws Exception {
    withGatehouse((gw, http) -> {
      Reply reply = gw.control().get("/v2/portals");
      assertThat(reply.status()).isEqualTo(501);
      assertThat(reply.text()).contains("ListPortals");
      assertNoService(http);
    });
  }

  private static void assertNoService(Http http) throws IOException {
    Reply reply = http.get("/nothing/here");
    assertThat(reply.status()).isIn(400, 404, 501);
    assertThat(reply.json().path("message").asString()).contains("/nothing/here");
  }
}
