package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.Console.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntegrationsTest {
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:f";

  @TempDir Path data;
  private Console console;
  private String api;
  private String integrations;
  private String webSocket;

  @BeforeEach
  void open() {
    console = new Console(data);
    api = console.httpApi();
    integrations = "/v2/apis/" + api + "/integrations";
    webSocket = "/v2/apis/" + console.webSocketApi() + "/integrations";
  }

  @AfterEach
  void close() {
    console.close();
  }

  private Answer http(String more) {
    return console.post(
        integrations,
        "{\"integrationType\":\"HTTP_PROXY\",\"integrationMethod\":\"GET\","
            + "\"integrationUri\":\"https://b.test/x\",\"payloadFormatVersion\":\"1.0\""
            + more
            + "}");
  }

  @Test
  void anHttpProxyHasItsDefaultsOnly() { // K25
    Answer answer = http("").ok(201);
    assertThat(answer.text("integrationId")).matches("[a-z0-9]{7}");
    assertThat(
            answer.is(
                """
                {"integrationId": "%s", "integrationType": "HTTP_PROXY",
                 "integrationMethod": "GET", "integrationUri": "https://b.test/x",
                 "payloadFormatVersion": "1.0", "connectionType": "INTERNET",
                 "timeoutInMillis": 30000}\
                """
                    .formatted(answer.text("integrationId"))))
        .isTrue();
  }

  @Test
  void aPayloadFormatVersionIsRequired() { // K20
    String json = "{\"integrationType\":\"AWS_PROXY\",\"integrationUri\":\"" + FUNCTION + "\"}";
    assertThat(console.post(integrations, json).ok(400).message())
        .isEqualTo("PayloadFormatVersion is a required parameter for integration");
  }

  @Test
  void onlyProxiesGoWithHttpApis() { // K21
    assertThat(console.post(integrations, "{\"integrationType\":\"MOCK\"}").ok(400).message())
        .isEqualTo(
            "Currently, an API with a protocol type of HTTP may only be associated with proxy"
                + " integrations (AWS_PROXY, HTTP_PROXY)");
  }

  @Test
  void aFunctionIsCalledWithPost() {
    for (String uri :
        new String[] {
          FUNCTION,
          FUNCTION + ":live",
          "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
              + FUNCTION
              + ":${stageVariables.v}/invocations"
        }) {
      Answer answer =
          console
              .post(
                  integrations,
                  "{\"integrationType\":\"AWS_PROXY\",\"payloadFormatVersion\":\"2.0\","
                      + "\"integrationUri\":\""
                      + uri
                      + "\"}")
              .ok(201);
      assertThat(answer.text("integrationMethod")).isEqualTo("POST");
      assertThat(answer.text("integrationUri")).isEqualTo(uri);
    }
  }

  @Test
  void aWebSocketMockHasItsDefaults() { // K22, K23
    Answer mock = console.post(webSocket, "{\"integrationType\":\"MOCK\"}").ok(201);
    assertThat(
            mock.is(
                """
                {"integrationId": "%s", "integrationType": "MOCK", "connectionType": "INTERNET",
                 "passthroughBehavior": "WHEN_NO_MATCH", "timeoutInMillis": 29000,
                 "payloadFormatVersion": "1.0",
                 "integrationResponseSelectionExpression":
                   "${integration.response.statuscode}"}\
                """
                    .formatted(mock.text("integrationId"))))
        .isTrue();
    String aws =
        "{\"integrationType\":\"AWS\",\"integrationMethod\":\"POST\",\"integrationUri\":\""
            + FUNCTION
            + "\"}";
    assertThat(console.post(webSocket, aws).ok(201).text("integrationResponseSelectionExpression"))
        .isEqualTo("${integration.response.body.errorMessage}");
  }

  @Test
  void timeoutsHaveBounds() { // K24
    assertThat(http(",\"timeoutInMillis\":30001").status()).isEqualTo(400);
    assertThat(http(",\"timeoutInMillis\":49").status()).isEqualTo(400);
    assertThat(http(",\"timeoutInMillis\":50").status()).isEqualTo(201);
    String json = "{\"integrationType\":\"MOCK\",\"timeoutInMillis\":29001}";
    assertThat(console.post(webSocket, json).status()).isEqualTo(400);
  }

  @Test
  void mappingsAreParsedAtCreation() {
    String good =
        "\"overwrite:path\":\"$request.path\",\"append:header.x\":\"${request.path.a}-b\","
            + "\"remove:querystring.q\":\"''\"";
    http(",\"requestParameters\":{" + good + "}").ok(201);
    for (String bad :
        new String[] {
          "\"overwrite:header.Authorization\":\"x\"",
          "\"append:header.X-Amz-Foo\":\"x\"",
          "\"append:header.a\":\"$request.nothing.a\"",
          "\"append:header.a\":\"$response.header.b\"",
          "\"append:path\":\"/x\"",
          "\"overwrite:statuscode\":\"200\"",
          "\"set:header.a\":\"b\"",
          "\"remove:header.a\":\"b\""
        }) {
      assertThat(http(",\"requestParameters\":{" + bad + "}").status()).as(bad).isEqualTo(400);
    }
    http(",\"responseParameters\":{\"200\":{\"overwrite:statuscode\":\"201\"}}").ok(201);
    for (String bad :
        new String[] {
          "\"199\":{\"append:header.a\":\"b\"}",
          "\"200\":{\"append:querystring.a\":\"b\"}",
          "\"200\":{\"append:header.a\":\"$request.header.b\"}",
          "\"200\":{\"overwrite:statuscode\":\"20\"}"
        }) {
      assertThat(http(",\"responseParameters\":{" + bad + "}").status()).as(bad).isEqualTo(400);
    }
  }

  @Test
  void anUpdateMergesMappingsByKeyAndClearsEmptyOnes() {
    String id =
        http(",\"requestParameters\":{\"append:header.a\":\"1\",\"append:header.b\":\"2\"},"
                + "\"responseParameters\":{\"200\":{\"append:header.a\":\"1\"},"
                + "\"404\":{\"append:header.a\":\"1\"}}")
            .ok(201)
            .text("integrationId");
    Answer updated =
        console
            .patch(
                integrations + "/" + id,
                "{\"requestParameters\":{\"append:header.a\":\"\",\"append:header.c\":\"3\"},"
                    + "\"responseParameters\":{\"404\":{}},\"timeoutInMillis\":100}")
            .ok(200);
    assertThat(updated.body().get("requestParameters"))
        .hasToString("{\"append:header.b\":\"2\",\"append:header.c\":\"3\"}");
    assertThat(updated.body().get("responseParameters"))
        .hasToString("{\"200\":{\"append:header.a\":\"1\"}}");
    assertThat(updated.body().get("timeoutInMillis").intValue()).isEqualTo(100);
    assertThat(updated.text("integrationUri")).isEqualTo("https://b.test/x");
    Answer cleared =
        console
            .patch(
                integrations + "/" + id,
                "{\"requestParameters\":{\"append:header.b\":\"\",\"append:header.c\":\"\"}}")
            .ok(200);
    assertThat(cleared.body().has("requestParameters")).isFalse();
  }

  @Test
  void anIntegrationInUseStays() { // K26, K27
    String id = console.integration(api);
    String routes = "/v2/apis/" + api + "/routes";
    String route =
        console
            .post(routes, "{\"routeKey\":\"GET /a\",\"target\":\"integrations/" + id + "\"}")
            .ok(201)
            .text("routeId");
    Answer refused = console.delete(integrations + "/" + id).ok(409);
    assertThat(refused.message())
        .isEqualTo(
            "Cannot delete Integration because it is referenced by the following Routes with Ids:"
                + " ["
                + route
                + "]");
    console.delete(routes + "/" + route).ok(204);
    console.delete(integrations + "/" + id).ok(204);
    assertThat(console.get(integrations + "/" + id).status()).isEqualTo(404);
  }

  @Test
  void whatIsNotBuiltIsNotStored() {
    assertThat(http(",\"credentialsArn\":\"arn:aws:iam::000000000000:role/r\"").status())
        .isEqualTo(501);
    assertThat(console.get(integrations).is("{\"items\":[]}")).isTrue();
  }

  @Test
  void fieldsOfTheOtherProtocolAreRefused() {
    assertThat(http(",\"passthroughBehavior\":\"NEVER\"").status()).isEqualTo(400);
    assertThat(http(",\"contentHandlingStrategy\":\"CONVERT_TO_TEXT\"").status()).isEqualTo(400);
    String json =
        "{\"integrationType\":\"MOCK\",\"responseParameters\":{\"200\":{\"append:header.a\":\"1\"}}}";
    assertThat(console.post(webSocket, json).status()).isEqualTo(400);
  }
}
