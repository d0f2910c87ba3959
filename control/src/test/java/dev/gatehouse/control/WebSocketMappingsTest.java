package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebSocketMappingsTest {
  private static final String ACTION = "arn:aws:apigateway:us-east-1:sqs:path/000000000000/q";

  @TempDir Path data;
  private Console console;
  private String api;

  @BeforeEach
  void open() {
    console = new Console(data);
    api = "/v2/apis/" + console.webSocketApi();
  }

  @AfterEach
  void close() {
    console.close();
  }

  @Test
  void aMappingReadsWhatAWebSocketRequestHas() {
    for (String good :
        new String[] {
          "route.request.header.a",
          "route.request.multivaluequerystring.a",
          "route.request.body",
          "route.request.body.a[0].b",
          "context.connectionId",
          "stageVariables.v",
          "'0'",
          "''"
        }) {
      assertThat(mapped("integration.request.header.x", good)).as(good).isEqualTo(201);
    }
    for (String bad :
        new String[] {
          "",
          "a",
          "'",
          "$request.header.a",
          "method.request.header.a",
          "context.",
          "route.request.x.a"
        }) {
      assertThat(mapped("integration.request.path.x", bad)).as(bad).isEqualTo(400);
    }
    for (String bad :
        new String[] {
          "append:header.a", "integration.request.body.a", "integration.request.header. "
        }) {
      assertThat(mapped(bad, "'a'")).as(bad).isEqualTo(400);
    }
  }

  private int mapped(String key, String value) {
    var json = Desk.object().put("integrationType", "MOCK");
    json.putObject("requestParameters").put(key, value);
    return console.post(api + "/integrations", json.toString()).status();
  }

  @Test
  void aRouteDeclaresParametersOfItsRequest() {
    String json = "{\"routeKey\":\"%s\",\"requestParameters\":{\"%s\":{\"required\":true}}}";
    console.post(api + "/routes", json.formatted("a", "route.request.querystring.q")).ok(201);
    for (String bad : new String[] {"q", "route.request.body.a", "route.request.header."}) {
      assertThat(console.post(api + "/routes", json.formatted("b", bad)).status())
          .as(bad)
          .isEqualTo(400);
    }
  }

  @Test
  void aBackendHasWhatItsTypeNeeds() {
    String function = "arn:aws:lambda:us-east-1:000000000000:function:f";
    String role = ",\"credentialsArn\":\"arn:aws:iam::000000000000:role/r\"";
    assertThat(backend("AWS_PROXY", function, "")).isEqualTo(201);
    assertThat(backend("AWS", function, "")).isEqualTo(201);
    assertThat(backend("AWS", ACTION, ",\"integrationMethod\":\"POST\"" + role)).isEqualTo(201);
    assertThat(backend("HTTP", "https://b.test/x", ",\"integrationMethod\":\"PUT\""))
        .isEqualTo(201);

    assertThat(backend("AWS", ACTION, role)).isEqualTo(400);
    assertThat(backend("AWS", ACTION, ",\"integrationMethod\":\"POST\"")).isEqualTo(400);
    assertThat(backend("AWS", "b.test", role)).isEqualTo(400);
    assertThat(backend("AWS_PROXY", ACTION, role)).isEqualTo(400);
    assertThat(backend("HTTP_PROXY", "https://b.test/x", "")).isEqualTo(400);
    assertThat(backend("HTTP", "b.test", ",\"integrationMethod\":\"PUT\"")).isEqualTo(400);
    assertThat(backend("HTTP", "https://b.test", ",\"integrationMethod\":\"FETCH\""))
        .isEqualTo(400);
  }

  private int backend(String type, String uri, String more) {
    String json = "{\"integrationType\":\"%s\",\"integrationUri\":\"%s\"%s}";
    return console.post(api + "/integrations", json.formatted(type, uri, more)).status();
  }
}
