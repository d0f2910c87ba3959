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

  private Answer model(String name, String schema) {
    return console.post(
        api + "/models", Desk.object().put("name", name).put("schema", schema).toString());
  }

  @Test
  void aModelIsAJsonSchemaOfADraftThatExists() {
    model("Plain", "{\"type\":\"object\",\"required\":[\"a\"]}").ok(201);
    model("Four", "{\"$schema\":\"http://json-schema.org/draft-04/schema#\",\"title\":\"t\"}")
        .ok(201);
    model("Seven", "{\"$schema\":\"http://json-schema.org/draft-07/schema\",\"const\":1}").ok(201);
    model("Late", "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\"}").ok(201);
    model("Inside", "{\"definitions\":{\"a/b\":{}},\"$ref\":\"#/definitions/a~1b\"}").ok(201);
    model("Itself", "{\"properties\":{\"next\":{\"$ref\":\"#\"}}}").ok(201);
    for (String bad :
        new String[] {
          "",
          "{",
          "[]",
          "{\"type\":\"strange\"}",
          "{\"required\":\"a\"}",
          "{\"minimum\":\"1\"}",
          "{\"properties\":{\"a\":{\"type\":7}}}",
          "{\"$schema\":\"http://example.com/mine\"}",
          "{\"$schema\":4}",
          "{\"$ref\":\"http://example.com/schema\"}",
          "{\"$ref\":\"file:///etc/passwd\"}",
          "{\"items\":{\"$ref\":\"#/definitions/none\"}}",
          "{\"$ref\":\"#/%zz\"}",
          "{\"pattern\":\"(\"}",
          "{\"pattern\":\"(?=a)\"}",
          "{\"patternProperties\":{\"[\":{}}}"
        }) {
      Answer answer = model("Bad", bad);
      assertThat(answer.status()).as(bad).isEqualTo(400);
      assertThat(answer.errorType()).isEqualTo("BadRequestException");
      assertThat(answer.message()).contains("schema");
    }
  }

  @Test
  void anUpdateIsHeldAgainstTheSameRules() {
    String path = api + "/models/" + model("M", "{}").ok(201).text("modelId");
    assertThat(console.patch(path, "{\"schema\":\"{\\\"type\\\":1}\"}").status()).isEqualTo(400);
    assertThat(console.get(path).text("schema")).isEqualTo("{}");
  }

  @Test
  void keysOfIntegrationResponsesArePatternsThatCanRun() {
    String responses =
        api
            + "/integrations/"
            + console
                .post(api + "/integrations", "{\"integrationType\":\"MOCK\"}")
                .ok(201)
                .text("integrationId")
            + "/integrationresponses";
    for (String good : new String[] {"$default", "/200/", "/2\\d{2}|404/", "/.*/"}) {
      console.post(responses, key("integrationResponseKey", good)).ok(201);
    }
    for (String bad :
        new String[] {"", "//", "/", "/(/", "/(?!a)/", "200", "/" + "a".repeat(600) + "/"}) {
      assertThat(console.post(responses, key("integrationResponseKey", bad)).status())
          .as(bad)
          .isEqualTo(400);
    }
  }

  private static String key(String member, String value) {
    return Desk.object().put(member, value).toString();
  }

  @Test
  void templatesAreSelectedByWhatIsThere() {
    String integrations = api + "/integrations";
    String members = "{\"integrationType\":\"MOCK\",\"templateSelectionExpression\":\"%s\"}";
    String id = "";
    for (String good : new String[] {"${request.body.t}", "t", "$request.body['t']"}) {
      id = console.post(integrations, members.formatted(good)).ok(201).text("integrationId");
    }
    for (String bad :
        new String[] {
          "${integration.response.statuscode}",
          "${request.bodyguard}",
          "${request.body.}",
          "${request.body.a[}",
          "${request.body.a"
        }) {
      assertThat(console.post(integrations, members.formatted(bad)).status())
          .as(bad)
          .isEqualTo(400);
    }
    String response = integrations + "/" + id + "/integrationresponses";
    String made =
        response
            + "/"
            + console
                .post(response, key("integrationResponseKey", "$default"))
                .ok(201)
                .text("integrationResponseId");
    for (String good :
        new String[] {
          "${integration.response.statuscode}",
          "${integration.response.header.x}",
          "${integration.response.multivalueheader.x}-$request.body.a"
        }) {
      console.patch(made, key("templateSelectionExpression", good)).ok(200);
    }
    for (String bad :
        new String[] {"${integration.response.header.}", "$context.a", "$stageVariables.a"}) {
      assertThat(console.patch(made, key("templateSelectionExpression", bad)).status())
          .as(bad)
          .isEqualTo(400);
    }
  }
}
