package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.Console.Answer;
import dev.gatehouse.model.Scope;
import dev.gatehouse.wire.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApisTest {
  @TempDir Path data;
  private Console console;

  @BeforeEach
  void open() {
    console = new Console(data);
  }

  @AfterEach
  void close() {
    console.close();
  }

  @Test
  void anHttpApiComesBackWithAwsDefaultsAndNothingElse() { // K01
    Answer answer = console.post("/v2/apis", "{\"name\":\"a\",\"protocolType\":\"HTTP\"}").ok(201);
    String id = answer.text("apiId");
    assertThat(id).matches("[a-z0-9]{10}");
    assertThat(answer.body())
        .isEqualTo(
            Json.mapper()
                .readTree(
                    """
                    {"apiId": "%s", "name": "a", "protocolType": "HTTP",
                     "apiEndpoint": "http://%s.test",
                     "apiKeySelectionExpression": "$request.header.x-api-key",
                     "routeSelectionExpression": "$request.method $request.path",
                     "createdDate": "2026-11-22T10:00:00Z", "disableExecuteApiEndpoint": false,
                     "ipAddressType": "ipv4", "tags": {}}\
                    """
                        .formatted(id, id)));
    assertThat(console.get("/v2/apis/" + id).ok(200).body()).isEqualTo(answer.body());
  }

  @Test
  void everyReplyCarriesItsIds() {
    Answer answer = console.get("/v2/apis").ok(200);
    assertThat(answer.headers().first("Content-Type")).contains("application/json");
    assertThat(answer.headers().first("x-amzn-RequestId").orElseThrow()).hasSize(36);
    assertThat(answer.headers().first("x-amz-apigw-id").orElseThrow()).hasSize(16).endsWith("=");
  }

  @Test
  void aWebSocketApiNeedsASelectionExpression() { // K02, K03
    String json = "{\"name\":\"a\",\"protocolType\":\"WEBSOCKET\"}";
    assertThat(console.post("/v2/apis", json).status()).isEqualTo(400);
    String id = console.webSocketApi();
    assertThat(console.get("/v2/apis/" + id).text("apiEndpoint"))
        .isEqualTo("wss://" + id + ".test/us-east-1");
  }

  @Test
  void anUnknownProtocolAndAMissingNameAreRefused() { // K04, K05
    Answer protocol = console.post("/v2/apis", "{\"name\":\"a\",\"protocolType\":\"FOO\"}");
    assertThat(protocol.ok(400).message())
        .isEqualTo("Invalid protocol specified. Must be one of [HTTP, WEBSOCKET]");
    assertThat(protocol.errorType()).isEqualTo("BadRequestException");
    assertThat(console.post("/v2/apis", "{\"protocolType\":\"HTTP\"}").status()).isEqualTo(400);
  }

  @Test
  void anUnknownApiIsNamedWithItsAccount() { // K06
    Answer answer = console.get("/v2/apis/nope").ok(404);
    assertThat(answer.errorType()).isEqualTo("NotFoundException");
    assertThat(answer.message()).isEqualTo("Invalid API identifier specified 000000000000:nope");
  }

  @Test
  void anApiIsSeenOnlyByItsAccountAndRegion() {
    String id = console.httpApi();
    console.actAs(new Scope("111111111111", "us-east-1"));
    assertThat(console.get("/v2/apis/" + id).status()).isEqualTo(404);
    console.actAs(new Scope("000000000000", "eu-west-1"));
    assertThat(console.get("/v2/apis").is("{\"items\":[]}")).isTrue();
  }

  @Test
  void listsComeInPages() { // K07, K08
    assertThat(console.get("/v2/apis").is("{\"items\":[]}")).isTrue();
    for (int i = 0; i < 3; i++) {
      console.httpApi();
    }
    Answer first = console.get("/v2/apis?maxResults=2").ok(200);
    assertThat(first.body().get("items")).hasSize(2);
    Answer second =
        console.get("/v2/apis?maxResults=2&nextToken=" + first.text("nextToken")).ok(200);
    assertThat(second.body().get("items")).hasSize(1);
    assertThat(second.body().has("nextToken")).isFalse();
  }

  @Test
  void aPageStaysStableWhileOthersDelete() {
    for (int i = 0; i < 4; i++) {
      console.httpApi();
    }
    Answer first = console.get("/v2/apis?maxResults=2").ok(200);
    String lastSeen = first.body().get("items").get(1).get("apiId").stringValue();
    console.delete("/v2/apis/" + lastSeen).ok(204);
    Answer second = console.get("/v2/apis?nextToken=" + first.text("nextToken")).ok(200);
    assertThat(second.body().get("items")).hasSize(2);
  }

  @Test
  void badPageSizesAndTokensAreRefused() {
    for (String query : new String[] {"maxResults=x", "maxResults=0", "maxResults=501"}) {
      assertThat(console.get("/v2/apis?" + query).errorType()).isEqualTo("BadRequestException");
    }
    assertThat(console.get("/v2/apis?nextToken=x").status()).isEqualTo(400);
    String api = console.httpApi();
    console.route(api, "GET /a");
    console.route(api, "GET /b");
    String token = console.get("/v2/apis/" + api + "/routes?maxResults=1").text("nextToken");
    assertThat(console.get("/v2/apis?nextToken=" + token).status()).isEqualTo(400);
  }

  @Test
  void anUpdateChangesOnlyWhatIsGiven() { // K09
    String id = console.httpApi();
    Answer before = console.get("/v2/apis/" + id);
    Answer answer = console.patch("/v2/apis/" + id, "{\"description\":\"x\"}").ok(200);
    assertThat(answer.text("description")).isEqualTo("x");
    Answer cleared = console.patch("/v2/apis/" + id, "{\"description\":\"\"}").ok(200);
    assertThat(cleared.body()).isEqualTo(before.body());
    assertThat(console.patch("/v2/apis/" + id, "{\"name\":\"\"}").status()).isEqualTo(400);
  }

  @Test
  void corsIsReplacedAsAWholeAndCanBeTakenAway() { // K48, K49
    String id = console.httpApi();
    String credentials =
        "{\"corsConfiguration\":{\"allowOrigins\":[\"*\"],\"allowCredentials\":true}}";
    assertThat(console.patch("/v2/apis/" + id, credentials).ok(400).message())
        .isEqualTo("allow-credentials is not supported if 'allow-origin' is *");
    console.patch("/v2/apis/" + id, "{\"corsConfiguration\":{\"maxAge\":5}}").ok(200);
    String cors = "{\"corsConfiguration\":{\"allowOrigins\":[\"https://a.test:8443\"]}}";
    assertThat(console.patch("/v2/apis/" + id, cors).ok(200).body().get("corsConfiguration"))
        .isEqualTo(
            Json.mapper()
                .readTree(
                    "{\"allowOrigins\":[\"https://a.test:8443\"],\"allowCredentials\":false}"));
    console.delete("/v2/apis/" + id + "/cors").ok(204);
    assertThat(console.get("/v2/apis/" + id).body().has("corsConfiguration")).isFalse();
    String slash = "{\"corsConfiguration\":{\"allowOrigins\":[\"https://a.test/\"]}}";
    assertThat(console.patch("/v2/apis/" + id, slash).status()).isEqualTo(400);
  }

  @Test
  void quickCreateOfAFunctionMakesEverything() { // K10
    String arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
    String id =
        console
            .post(
                "/v2/apis", "{\"name\":\"q\",\"protocolType\":\"HTTP\",\"target\":\"" + arn + "\"}")
            .ok(201)
            .text("apiId");
    var integration = only(console.get("/v2/apis/" + id + "/integrations"));
    assertThat(integration.get("integrationType").stringValue()).isEqualTo("AWS_PROXY");
    assertThat(integration.get("integrationMethod").stringValue()).isEqualTo("POST");
    assertThat(integration.get("payloadFormatVersion").stringValue()).isEqualTo("2.0");
    assertThat(integration.get("timeoutInMillis").intValue()).isEqualTo(30000);
    assertThat(integration.get("apiGatewayManaged").booleanValue()).isTrue();
    var route = only(console.get("/v2/apis/" + id + "/routes"));
    assertThat(route.get("routeKey").stringValue()).isEqualTo("$default");
    assertThat(route.get("apiGatewayManaged").booleanValue()).isTrue();
    var stage = only(console.get("/v2/apis/" + id + "/stages"));
    var deployment = only(console.get("/v2/apis/" + id + "/deployments"));
    assertThat(deployment.get("autoDeployed").booleanValue()).isTrue();
    assertThat(stage.get("stageName").stringValue()).isEqualTo("$default");
    assertThat(stage.get("autoDeploy").booleanValue()).isTrue();
    assertThat(stage.get("apiGatewayManaged").booleanValue()).isTrue();
    assertThat(stage.get("deploymentId")).isEqualTo(deployment.get("deploymentId"));
    console.delete("/v2/apis/" + id + "/routes/" + route.get("routeId").stringValue()).ok(400);
  }

  @Test
  void quickCreateOfAUrlTakesItsRouteKey() { // K11, K12
    String json =
        "{\"name\":\"q\",\"protocolType\":\"HTTP\",\"target\":\"http://b.test\","
            + "\"routeKey\":\"GET /x\"}";
    String id = console.post("/v2/apis", json).ok(201).text("apiId");
    var integration = only(console.get("/v2/apis/" + id + "/integrations"));
    assertThat(integration.get("integrationType").stringValue()).isEqualTo("HTTP_PROXY");
    assertThat(integration.get("payloadFormatVersion").stringValue()).isEqualTo("1.0");
    var route = only(console.get("/v2/apis/" + id + "/routes"));
    assertThat(route.get("routeKey").stringValue()).isEqualTo("GET /x");
    console.patch("/v2/apis/" + id, "{\"routeKey\":\"GET /y\"}").ok(200);
    var moved = only(console.get("/v2/apis/" + id + "/routes"));
    assertThat(moved.get("routeKey").stringValue()).isEqualTo("GET /y");
    assertThat(moved.get("routeId")).isEqualTo(route.get("routeId"));
    String webSocket =
        "{\"name\":\"q\",\"protocolType\":\"WEBSOCKET\",\"target\":\"http://b.test\","
            + "\"routeSelectionExpression\":\"$request.body.a\"}";
    assertThat(console.post("/v2/apis", webSocket).status()).isEqualTo(400);
  }

  @Test
  void aFailedQuickCreateLeavesNothing() {
    String json = "{\"name\":\"q\",\"protocolType\":\"HTTP\",\"target\":\"ftp://b.test\"}";
    assertThat(console.post("/v2/apis", json).status()).isEqualTo(400);
    assertThat(console.get("/v2/apis").is("{\"items\":[]}")).isTrue();
  }

  @Test
  void aTagFixesTheId() {
    String json =
        "{\"name\":\"a\",\"protocolType\":\"HTTP\",\"tags\":{\"_custom_id_\":\"my-api\"}}";
    assertThat(console.post("/v2/apis", json).ok(201).text("apiId")).isEqualTo("my-api");
    assertThat(console.post("/v2/apis", json).ok(409).errorType()).isEqualTo("ConflictException");
    String bad = json.replace("my-api", "My_Api");
    assertThat(console.post("/v2/apis", bad).status()).isEqualTo(400);
  }

  @Test
  void deletingAnApiDeletesAllBelowIt() { // K63
    String id = console.httpApi();
    String route = console.route(id, "GET /a");
    console.delete("/v2/apis/" + id).ok(204);
    assertThat(console.get("/v2/apis/" + id + "/routes/" + route).status()).isEqualTo(404);
    assertThat(console.get("/v2/apis/" + id + "/routes").status()).isEqualTo(404);
    assertThat(console.delete("/v2/apis/" + id).status()).isEqualTo(404);
  }

  @Test
  void whatIsNoOperationIsNamed() {
    Answer answer = console.get("/v2/nothing").ok(404);
    assertThat(answer.message()).contains("GET /v2/nothing");
    Answer portal = console.get("/v2/portals").ok(501);
    assertThat(portal.message()).contains("ListPortals");
  }

  @Test
  void malformedJsonIsRefusedBeforeAnythingHappens() {
    for (String json :
        new String[] {"{", "[]", "{\"name\":1}", "{\"name\":\"a\",\"name\":\"b\"}", "{} {}"}) {
      Answer answer = console.post("/v2/apis", json);
      assertThat(answer.ok(400).errorType()).isEqualTo("SerializationException");
    }
    assertThat(console.post("/v2/apis", "[".repeat(5000)).status()).isEqualTo(400);
    assertThat(console.post("/v2/apis", " ".repeat(70_000)).status()).isEqualTo(413);
  }

  private static tools.jackson.databind.JsonNode only(Answer list) {
    assertThat(list.ok(200).body().get("items")).hasSize(1);
    return list.body().get("items").get(0);
  }
}
