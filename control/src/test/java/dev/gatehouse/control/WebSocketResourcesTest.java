package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.Console.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebSocketResourcesTest {
  @TempDir Path data;
  private Console console;
  private String id;
  private String api;

  @BeforeEach
  void open() {
    console = new Console(data);
    id = console.webSocketApi();
    api = "/v2/apis/" + id;
  }

  @AfterEach
  void close() {
    console.close();
  }

  @Test
  void aModelComesBackAsItWasGiven() {
    String json =
        "{\"name\":\"Order\",\"contentType\":\"application/json\",\"description\":\"d\","
            + "\"schema\":\"{\\\"type\\\":\\\"object\\\"}\"}";
    Answer answer = console.post(api + "/models", json).ok(201);
    assertThat(answer.text("modelId")).matches("[a-z0-9]{6}");
    assertThat(answer.text("schema")).isEqualTo("{\"type\":\"object\"}");
    assertThat(console.get(api + "/models/" + answer.text("modelId")).body())
        .isEqualTo(answer.body());
    assertThat(console.post(api + "/models", json).status()).isEqualTo(409);
    assertThat(console.post(api + "/models", json.replace("Order", "no-dash")).status())
        .isEqualTo(400);
    assertThat(console.post(api + "/models", "{\"name\":\"X\",\"schema\":\"[]\"}").status())
        .isEqualTo(400);
  }

  @Test
  void aModelsTemplateWalksItsSchema() {
    String json =
        "{\"name\":\"O\",\"schema\":\"{\\\"type\\\":\\\"object\\\",\\\"properties\\\":"
            + "{\\\"n\\\":{\\\"type\\\":\\\"integer\\\"},\\\"l\\\":{\\\"type\\\":\\\"array\\\","
            + "\\\"items\\\":{\\\"type\\\":\\\"string\\\"}}}}\"}";
    String model = console.post(api + "/models", json).ok(201).text("modelId");
    assertThat(console.get(api + "/models/" + model + "/template").ok(200).text("value"))
        .startsWith("#set($inputRoot = $input.path('$'))")
        .contains("\"n\" : 42")
        .contains("#foreach($elem1 in $inputRoot.l)");
  }

  @Test
  void aModelInUseStays() {
    String json = "{\"name\":\"O\",\"schema\":\"{}\"}";
    String model = console.post(api + "/models", json).ok(201).text("modelId");
    String route =
        console
            .post(api + "/routes", "{\"routeKey\":\"chat\",\"requestModels\":{\"$default\":\"O\"}}")
            .ok(201)
            .text("routeId");
    assertThat(console.delete(api + "/models/" + model).status()).isEqualTo(409);
    console.delete(api + "/routes/" + route).ok(204);
    console.delete(api + "/models/" + model).ok(204);
    assertThat(
            console
                .post(
                    api + "/routes",
                    "{\"routeKey\":\"chat\",\"requestModels\":{\"$default\":\"O\"}}")
                .status())
        .isEqualTo(400);
  }

  @Test
  void aRouteHasOneResponse() {
    String route = api + "/routes/" + console.route(id, "chat");
    String responses = route + "/routeresponses";
    Answer answer = console.post(responses, "{\"routeResponseKey\":\"$default\"}").ok(201);
    assertThat(answer.text("routeResponseId")).matches("[a-z0-9]{6}");
    assertThat(console.post(responses, "{\"routeResponseKey\":\"$default\"}").status())
        .isEqualTo(409);
    assertThat(console.post(responses, "{\"routeResponseKey\":\"other\"}").status()).isEqualTo(400);
    assertThat(console.get(responses).body().get("items")).hasSize(1);
    console.delete(route).ok(204);
    assertThat(console.get(responses).status()).isEqualTo(404);
  }

  @Test
  void integrationResponsesHaveKeysOfTheirOwn() {
    String integration =
        console
            .post(api + "/integrations", "{\"integrationType\":\"MOCK\"}")
            .ok(201)
            .text("integrationId");
    String responses = api + "/integrations/" + integration + "/integrationresponses";
    String made =
        console
            .post(
                responses,
                "{\"integrationResponseKey\":\"/2\\\\d\\\\d/\",\"responseTemplates\":"
                    + "{\"$default\":\"x\"}}")
            .ok(201)
            .text("integrationResponseId");
    assertThat(console.post(responses, "{\"integrationResponseKey\":\"200\"}").status())
        .isEqualTo(400);
    Answer updated =
        console
            .patch(
                responses + "/" + made,
                "{\"contentHandlingStrategy\":\"CONVERT_TO_TEXT\",\"responseTemplates\":"
                    + "{\"a\":\"y\"}}")
            .ok(200);
    assertThat(updated.body().get("responseTemplates"))
        .hasToString("{\"$default\":\"x\",\"a\":\"y\"}");
    console.delete(responses + "/" + made).ok(204);
  }

  @Test
  void noneOfThisIsForHttpApis() {
    String http = console.httpApi();
    String route = console.route(http, "GET /a");
    String integration = console.integration(http);
    String base = "/v2/apis/" + http;
    assertThat(console.post(base + "/models", "{\"name\":\"O\",\"schema\":\"{}\"}").status())
        .isEqualTo(400);
    assertThat(
            console
                .post(
                    base + "/routes/" + route + "/routeresponses",
                    "{\"routeResponseKey\":\"$default\"}")
                .status())
        .isEqualTo(400);
    assertThat(
            console
                .post(
                    base + "/integrations/" + integration + "/integrationresponses",
                    "{\"integrationResponseKey\":\"$default\"}")
                .status())
        .isEqualTo(400);
  }

  @Test
  void deletingTheApiLeavesNoResponseBehind() {
    String route = console.route(id, "chat");
    console
        .post(api + "/routes/" + route + "/routeresponses", "{\"routeResponseKey\":\"$default\"}")
        .ok(201);
    console.delete(api).ok(204);
    assertThat(console.store().head().listAnywhere(Kind.ROUTE_RESPONSE.word())).isEmpty();
  }

  @Test
  void selectionExpressionsReadTheBody() {
    String json =
        "{\"name\":\"a\",\"protocolType\":\"WEBSOCKET\",\"routeSelectionExpression\":\"%s\"}";
    for (String good :
        new String[] {
          "action", "${request.body.a}/${request.body.b}", "$request.body.a.b", "\\\\$x"
        }) {
      console.post("/v2/apis", json.formatted(good)).ok(201);
    }
    for (String bad : new String[] {"$context.a", "${request.header.a}", "$", "${}"}) {
      assertThat(console.post("/v2/apis", json.formatted(bad)).status()).as(bad).isEqualTo(400);
    }
  }
}
