package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.ApiRelease;
import dev.gatehouse.model.Extensions;
import dev.gatehouse.model.IntegrationExtensions;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtensionsTest {
  private static final Extensions ON = new Extensions(true, 600_000, true);
  private static final String ALL =
      "{\"streaming\":true,\"timeoutInMillis\":600000,\"webSocket\":true}";

  @TempDir Path data;
  private Console console;
  private String api;
  private String aws;
  private String ours;

  @BeforeEach
  void open() {
    open(ON);
  }

  private void open(Extensions extensions) {
    console = new Console(data, extensions);
    api = console.httpApi();
    String integration = http("INTERNET");
    aws = "/v2/apis/" + api + "/integrations/" + integration;
    ours = "/_gatehouse/control/apis/" + api + "/integrations/" + integration + "/extensions";
  }

  private String http(String connection) {
    String json =
        "{\"integrationType\":\"HTTP_PROXY\",\"integrationMethod\":\"ANY\",\"connectionType\":\""
            + connection
            + "\",\"integrationUri\":\"http://a.test\",\"payloadFormatVersion\":\"1.0\"}";
    return console.post("/v2/apis/" + api + "/integrations", json).ok(201).text("integrationId");
  }

  @AfterEach
  void close() {
    console.close();
  }

  private String put(String json) {
    return console.ask("PUT", ours, json).ok(200).body().toString();
  }

  private String get() {
    return console.get(ours).ok(200).body().toString();
  }

  @Test
  void whatIsSetIsShownReplacedAndCleared() {
    assertThat(get()).isEqualTo("{}");
    assertThat(put(ALL)).isEqualTo(ALL);
    assertThat(get()).isEqualTo(ALL);
    assertThat(put("{\"streaming\":true}")).isEqualTo("{\"streaming\":true}");
    assertThat(get()).isEqualTo("{\"streaming\":true}");
    assertThat(console.delete(ours).ok(200).body().toString()).isEqualTo("{}");
    assertThat(get()).isEqualTo("{}");
  }

  @Test
  void awssCallsNeitherShowNorLoseIt() {
    String before = console.get(aws).ok(200).body().toString();
    put(ALL);
    assertThat(console.get(aws).ok(200).body()).hasToString(before);
    assertThat(console.patch(aws, "{\"description\":\"d\"}").ok(200).body().has("extensions"))
        .isFalse();
    assertThat(get()).isEqualTo(ALL);
  }

  @Test
  void itIsPartOfWhatIsDeployed() {
    console.route(api, "GET /a");
    put(ALL);
    console.post("/v2/apis/" + api + "/stages", "{\"stageName\":\"s\",\"autoDeploy\":true}");
    assertThat(deployed()).isEqualTo(new IntegrationExtensions(true, 600_000, true));
    put("{\"webSocket\":true}");
    assertThat(deployed()).isEqualTo(new IntegrationExtensions(null, null, true));
  }

  private IntegrationExtensions deployed() {
    ApiRelease release = new Releases(console.store()).read(api, Map.of()).orElseThrow();
    ApiRelease.Whole whole = (ApiRelease.Whole) release.stages().getFirst().deployed();
    return whole.integrations().getFirst().extensions();
  }

  private void refused(String json, String text) {
    assertThat(console.ask("PUT", ours, json).ok(400).text("message")).contains(text);
    assertThat(get()).isEqualTo("{}");
  }

  @Test
  void whatIsWrongIsRefusedWithWhatWouldDo() {
    refused("{\"sreaming\":true}", "streaming, timeoutInMillis, webSocket");
    refused("{\"streaming\":\"yes\"}", "streaming cannot be set: it must be true or false");
    refused("{\"timeoutInMillis\":600001}", "what extensions.timeout allows");
    refused("{\"timeoutInMillis\":49}", "a whole number from 50");
    refused("[]", "must be a JSON object");
    assertThat(console.post(ours, "{}").ok(405).text("message")).contains("GET, PUT, DELETE");
    assertThat(console.get(ours.replace("/integrations/", "/integrations/x")).ok(404)).isNotNull();
  }

  @Test
  void whatIsOffIsRefusedWithWhatSwitchesItOn() {
    console.close();
    open(Extensions.NONE);
    refused("{\"streaming\":true}", "extensions.streaming");
    refused("{\"timeoutInMillis\":31000}", "extensions.timeout");
    refused("{\"webSocket\":false}", "extensions.web-socket-pass-through");
    assertThat(put("{}")).isEqualTo("{}");
  }

  @Test
  void aFunctionMayBeStreamedAndCarriesNoWebSockets() {
    String function =
        console
            .post(
                "/v2/apis/" + api + "/integrations",
                "{\"integrationType\":\"AWS_PROXY\",\"payloadFormatVersion\":\"2.0\","
                    + "\"integrationUri\":\"arn:aws:lambda:us-east-1:000000000000:function:f\"}")
            .ok(201)
            .text("integrationId");
    ours = "/_gatehouse/control/apis/" + api + "/integrations/" + function + "/extensions";
    refused("{\"webSocket\":true}", "it goes with HTTP_PROXY integrations only");
    String both = "{\"streaming\":true,\"timeoutInMillis\":60000}";
    assertThat(put(both)).isEqualTo(both);
  }
}
