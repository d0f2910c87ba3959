package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.Console.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutesTest {
  @TempDir Path data;
  private Console console;
  private String routes;
  private String api;

  @BeforeEach
  void open() {
    console = new Console(data);
    api = console.httpApi();
    routes = "/v2/apis/" + api + "/routes";
  }

  @AfterEach
  void close() {
    console.close();
  }

  @Test
  void aRouteHasItsKeyAndDefaultsOnly() { // K13
    Answer answer = console.post(routes, "{\"routeKey\":\"GET /pets\"}").ok(201);
    String id = answer.text("routeId");
    assertThat(id).matches("[a-z0-9]{7}");
    assertThat(
            answer.is(
                "{\"apiKeyRequired\":false,\"authorizationType\":\"NONE\",\"routeId\":\""
                    + id
                    + "\",\"routeKey\":\"GET /pets\"}"))
        .isTrue();
  }

  @Test
  void theSameRouteTwiceIsAConflict() { // K14
    console.route(api, "GET /pets");
    Answer again = console.post(routes, "{\"routeKey\":\"GET /pets\"}").ok(409);
    assertThat(again.message()).isEqualTo("Route with key GET /pets already exists for this API");
    assertThat(again.errorType()).isEqualTo("ConflictException");
  }

  @Test
  void routesThatDifferOnlyInNamesAreTheSame() {
    console.route(api, "GET /pets/{id}");
    assertThat(console.post(routes, "{\"routeKey\":\"GET /pets/{name}\"}").status()).isEqualTo(409);
    console.route(api, "GET /pets/{rest+}");
    console.route(api, "ANY /pets/{id}");
  }

  @Test
  void malformedKeysAreRefused() { // K15
    for (String key : new String[] {"GET pets", "FETCH /x", "GET /{a+}/b", "GET /{a}.json", ""}) {
      assertThat(console.post(routes, "{\"routeKey\":\"" + key + "\"}").status())
          .as(key)
          .isEqualTo(400);
    }
    assertThat(console.post(routes, "{\"routeKey\":\"GET /{a}.json\"}").message())
        .isEqualTo("One or more path parts appear to be invalid");
  }

  @Test
  void authorizationNeedsAnAuthorizerOfItsType() { // K16
    assertThat(
            console
                .post(routes, "{\"routeKey\":\"GET /a\",\"authorizationType\":\"JWT\"}")
                .ok(400)
                .message())
        .startsWith("Invalid authorizer ID specified. Setting the authorization type to JWT");
    assertThat(
            console
                .post(routes, "{\"routeKey\":\"GET /a\",\"authorizationType\":\"CUSTOM\"}")
                .ok(400)
                .message())
        .startsWith("Invalid authorizer ID specified. Setting the authorization type to CUSTOM");
  }

  @Test
  void onAWebSocketApiOnlyConnectIsAuthorized() { // K18
    String webSocket = console.webSocketApi();
    String json = "{\"routeKey\":\"chat\",\"authorizationType\":\"CUSTOM\"}";
    assertThat(console.post("/v2/apis/" + webSocket + "/routes", json).ok(400).message())
        .isEqualTo("Currently, authorization is restricted to the $connect route only");
    console.route(webSocket, "$connect");
    console.route(webSocket, "any text at all");
    assertThat(
            console.post("/v2/apis/" + webSocket + "/routes", "{\"routeKey\":\"$foo\"}").status())
        .isEqualTo(400);
  }

  @Test
  void aSignedRouteHasNoAuthorizer() {
    Answer answer =
        console.post(
            routes,
            "{\"routeKey\":\"GET /a\",\"authorizationType\":\"AWS_IAM\",\"authorizerId\":\"x\"}");
    assertThat(answer.ok(201).text("authorizationType")).isEqualTo("AWS_IAM");
    assertThat(answer.body().has("authorizerId")).isFalse();
  }

  @Test
  void aKeyCanChangeInPlace() { // K19
    String id = console.route(api, "GET /a");
    console.route(api, "GET /taken");
    Answer changed = console.patch(routes + "/" + id, "{\"routeKey\":\"GET /b\"}").ok(200);
    assertThat(changed.text("routeId")).isEqualTo(id);
    console.route(api, "GET /a");
    assertThat(console.patch(routes + "/" + id, "{\"routeKey\":\"GET /taken\"}").status())
        .isEqualTo(409);
    assertThat(console.get(routes + "/" + id).text("routeKey")).isEqualTo("GET /b");
  }

  @Test
  void aTargetMustExist() {
    String integration = console.integration(api);
    String json = "{\"routeKey\":\"GET /a\",\"target\":\"%s\"}";
    console.post(routes, json.formatted("integrations/" + integration)).ok(201);
    assertThat(console.post(routes, json.formatted("integrations/nope")).status()).isEqualTo(404);
    assertThat(console.post(routes, json.formatted(integration)).status()).isEqualTo(400);
  }

  @Test
  void membersOfTheOtherProtocolAreRefused() {
    for (String member :
        new String[] {
          "\"apiKeyRequired\":true",
          "\"requestModels\":{\"a\":\"b\"}",
          "\"requestParameters\":{\"route.request.header.a\":{\"required\":true}}",
          "\"modelSelectionExpression\":\"$default\""
        }) {
      assertThat(console.post(routes, "{\"routeKey\":\"GET /a\"," + member + "}").status())
          .as(member)
          .isEqualTo(400);
    }
  }

  @Test
  void requestParametersGoOneByOne() {
    String webSocket = console.webSocketApi();
    String path = "/v2/apis/" + webSocket + "/routes";
    String id =
        console
            .post(
                path,
                "{\"routeKey\":\"$connect\",\"requestParameters\":{"
                    + "\"route.request.header.a\":{\"required\":true},"
                    + "\"route.request.querystring.b\":{\"required\":false}}}")
            .ok(201)
            .text("routeId");
    console.delete(path + "/" + id + "/requestparameters/route.request.header.a").ok(204);
    assertThat(console.get(path + "/" + id).body().get("requestParameters"))
        .hasToString("{\"route.request.querystring.b\":{\"required\":false}}");
    assertThat(
            console.delete(path + "/" + id + "/requestparameters/route.request.header.a").status())
        .isEqualTo(404);
  }

  @Test
  void theNumberOfRoutesIsLimited() {
    console.close();
    Limits two = new Limits(2, 300, 10, 10, 50, 10, 100, 50, 10, 120, 100);
    console = new Console(data, two);
    console.route(api, "GET /a");
    console.route(api, "GET /b");
    Answer third = console.post(routes, "{\"routeKey\":\"GET /c\"}").ok(429);
    assertThat(third.message()).startsWith("Maximum number of Routes for this API");
  }
}
