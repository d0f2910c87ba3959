package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.Vector;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the control API holds of WebSocket APIs. */
class WebSocketControlIT {

  /** What a test asks about a WebSocket API. */
  private interface Questions {
    void ask(Control control, String path) throws Exception;
  }

  private static void withApi(Questions questions) throws Exception {
    withGatehouse((gw, http) -> {
      Control control = gw.control();
      JsonNode api =
          control.create(
              "/v2/apis",
              """
              {"name":"a","protocolType":"WEBSOCKET",
               "routeSelectionExpression":"$request.body.action"}\
              """);
      String path = "/v2/apis/" + api.path("apiId").asString();
      questions.ask(control, path);
      assertThat(control.delete(path).status()).isEqualTo(204);
    });
  }

  @Test
  @Vector("K18")
  void onlyConnectIsAuthorized() throws Exception {
    withApi((control, path) -> {
      Reply reply =
          control.post(
              path + "/routes", "{\"routeKey\":\"chat\",\"authorizationType\":\"CUSTOM\"}");
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.json().path("message").asString())
          .isEqualTo("Currently, authorization is restricted to the $connect route only");
    });
  }

  @Test
  @Vector("K22")
  void aMockHasAwsDefaults() throws Exception {
    withApi((control, path) -> {
      JsonNode mock = control.create(path + "/integrations", "{\"integrationType\":\"MOCK\"}");
      assertThat(mock)
          .isEqualTo(
              Reply.parse(
                  """
                  {"connectionType":"INTERNET","integrationId":"%s","integrationType":"MOCK",
                   "integrationResponseSelectionExpression":
                     "${integration.response.statuscode}",
                   "passthroughBehavior":"WHEN_NO_MATCH","payloadFormatVersion":"1.0",
                   "timeoutInMillis":29000}\
                  """
                      .formatted(mock.path("integrationId").asString())));
    });
  }

  @Test
  @Vector("K23")
  void anAwsIntegrationSelectsByItsErrorMessage() throws Exception {
    withApi((control, path) -> {
      JsonNode integration =
          control.create(
              path + "/integrations",
              """
              {"integrationType":"AWS","integrationMethod":"POST","integrationUri":
               "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:f/invocations"}\
              """);
      assertThat(integration.path("integrationResponseSelectionExpression").asString())
          .isEqualTo("${integration.response.body.errorMessage}");
    });
  }

  @Test
  @Vector("K24")
  void theTimeoutEndsAt29Seconds() throws Exception {
    withApi((control, path) -> {
      String json = "{\"integrationType\":\"MOCK\",\"timeoutInMillis\":%d}";
      assertThat(control.post(path + "/integrations", json.formatted(29_001)).status())
          .isEqualTo(400);
      assertThat(control.post(path + "/integrations", json.formatted(29_000)).status())
          .isEqualTo(201);
    });
  }

  @Test
  @Vector("K32")
  void aStageHasLoggingSettings() throws Exception {
    withApi((control, path) -> {
      JsonNode stage = control.create(path + "/stages", "{\"stageName\":\"dev\"}");
      assertThat(stage.path("defaultRouteSettings"))
          .isEqualTo(
              Reply.parse(
                  """
                  {"dataTraceEnabled":false,"detailedMetricsEnabled":false,
                   "loggingLevel":"OFF"}\
                  """));
    });
  }
}
