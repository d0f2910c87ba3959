package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.Vector;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class IntegrationsIT {
  private static final String PROXY =
      """
      {"integrationType":"HTTP_PROXY","integrationMethod":"GET","payloadFormatVersion":"1.0",
       "integrationUri":"http://127.0.0.1:9/x"%s}\
      """;

  @Test
  @Vector("K20")
  void aFunctionNeedsAPayloadVersion() throws Exception {
    Reply reply =
        refused(
            """
            {"integrationType":"AWS_PROXY",
             "integrationUri":"arn:aws:lambda:us-east-1:000000000000:function:f"}\
            """);
    assertThat(reply.json().path("message").asString())
        .isEqualTo("PayloadFormatVersion is a required parameter for integration");
  }

  @Test
  @Vector("K21")
  void anHttpApiTakesProxyIntegrationsOnly() throws Exception {
    Reply reply = refused("{\"integrationType\":\"MOCK\"}");
    assertThat(reply.json().path("message").asString())
        .isEqualTo(
            "Currently, an API with a protocol type of HTTP may only be associated with proxy"
                + " integrations (AWS_PROXY, HTTP_PROXY)");
  }

  @ParameterizedTest
  @Vector("K24")
  @ValueSource(ints = {30_001, 49, 0, -1})
  void aTimeoutOutOfRangeIsRefused(int timeout) throws Exception {
    refused(PROXY.formatted(",\"timeoutInMillis\":" + timeout));
  }

  @Test
  void aUrlHasNoUser() throws Exception {
    Reply reply =
        refused(
            """
            {"integrationType":"HTTP_PROXY","integrationMethod":"GET","payloadFormatVersion":"1.0",
             "integrationUri":"https://user:s3cret@pets.example/"}\
            """);
    assertThat(reply.text()).contains("without a user").doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 30_000})
  void theBoundsOfTheTimeoutAreTaken(int timeout) throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        String id = api.integration(PROXY.formatted(",\"timeoutInMillis\":" + timeout));
        assertThat(integration(gw, api, id).path("timeoutInMillis").asInt()).isEqualTo(timeout);
      }
    });
  }

  @Test
  @Vector("K25")
  void aProxyHasAwsDefaults() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        String id = api.integration(PROXY.formatted(""));
        assertThat(id).matches("[a-z0-9]{7}");
        assertThat(integration(gw, api, id))
            .isEqualTo(
                Reply.parse(
                    """
                    {"connectionType":"INTERNET","integrationId":"%s",
                     "integrationMethod":"GET","integrationType":"HTTP_PROXY",
                     "integrationUri":"http://127.0.0.1:9/x","payloadFormatVersion":"1.0",
                     "timeoutInMillis":30000}\
                    """
                        .formatted(id)));
      }
    });
  }

  @Test
  void aFunctionIsAlwaysPostedTo() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        String arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
        JsonNode integration = integration(gw, api, api.function(arn));
        assertThat(integration.path("integrationMethod").asString()).isEqualTo("POST");
        assertThat(integration.path("payloadFormatVersion").asString()).isEqualTo("2.0");
        assertThat(integration.path("integrationUri").asString()).isEqualTo(arn);
      }
    });
  }

  @Test
  @Vector({"K26", "K27"})
  void anIntegrationInUseStays() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        String id = api.url("http://127.0.0.1:9");
        String route = api.routes(id, "GET /x");
        Reply refused = gw.control().delete(api.path("/integrations/" + id));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("message").asString())
            .isEqualTo(
                "Cannot delete Integration because it is referenced by the following Routes"
                    + " with Ids: ["
                    + route
                    + "]");

        assertThat(gw.control().delete(api.path("/routes/" + route)).status()).isEqualTo(204);
        assertThat(gw.control().delete(api.path("/integrations/" + id)).status()).isEqualTo(204);
        assertThat(gw.control().get(api.path("/integrations/" + id)).status()).isEqualTo(404);
      }
    });
  }

  private static JsonNode integration(RunningGatehouse gw, HttpApi api, String id)
      throws IOException {
    return gw.control().get(api.path("/integrations/" + id)).json();
  }

  private static Reply refused(String json) throws Exception {
    Reply[] replies = new Reply[1];
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        replies[0] = gw.control().post(api.path("/integrations"), json);
        assertThat(replies[0].status()).as("%s", replies[0]).isEqualTo(400);
        assertThat(replies[0].header("x-amzn-errortype").orElse(""))
            .startsWith("BadRequestException");
      }
    });
    return replies[0];
  }
}
