package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.Console.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VpcLinksV1Test {
  private static final String BALANCER =
      "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/net/n/1";

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

  private Answer create(String name) {
    return console.post(
        "/vpclinks",
        """
        {"name": "%s", "description": "d", "targetArns": ["%s"], "tags": {"a": "b"}}\
        """
            .formatted(name, BALANCER));
  }

  private Answer patch(String id, String op, String path, String value) {
    return console.patch(
        "/vpclinks/" + id,
        "{\"patchOperations\":[{\"op\":\"%s\",\"path\":\"%s\",\"value\":\"%s\"}]}"
            .formatted(op, path, value));
  }

  @Test
  void aLinkOfV1ComesBackAsItWasGiven() {
    Answer made = create("l").ok(202);
    String id = made.text("id");
    String whole =
        """
        {"id": "%s", "name": "l", "description": "d", "targetArns": ["%s"], "tags": {"a": "b"},
         "status": "%s", "statusMessage": "Your vpc link is %s"}\
        """;
    assertThat(made.is(whole.formatted(id, BALANCER, "PENDING", "being provisioned"))).isTrue();
    Answer read = console.get("/vpclinks/" + id).ok(200);
    assertThat(read.is(whole.formatted(id, BALANCER, "AVAILABLE", "ready for use"))).isTrue();
    assertThat(console.get("/vpclinks").ok(200).body().get("item").get(0)).isEqualTo(read.body());
    assertThat(console.get("/v2/vpclinks").is("{\"items\":[]}")).isTrue();
    console.delete("/vpclinks/" + id).ok(202);
    assertThat(console.get("/vpclinks/" + id).ok(404).message())
        .isEqualTo("Invalid Vpc Link identifier specified");
    assertThat(console.get("/vpclinks").is("{\"item\":[]}")).isTrue();
  }

  @Test
  void linksOfV1ArePagedInItsWords() {
    for (String name : new String[] {"a", "b", "c"}) {
      create(name).ok(202);
    }
    Answer first = console.get("/vpclinks?limit=2").ok(200);
    assertThat(first.body().get("item")).hasSize(2);
    Answer second = console.get("/vpclinks?limit=2&position=" + first.text("position")).ok(200);
    assertThat(second.body().get("item")).hasSize(1);
    assertThat(second.body().has("position")).isFalse();
    assertThat(console.get("/vpclinks?limit=0").ok(400).message()).contains("limit");
    assertThat(console.get("/vpclinks?position=x").ok(400).message()).contains("position");
  }

  @Test
  void nameAndDescriptionCanBePatched() {
    String id = create("l").ok(202).text("id");
    assertThat(patch(id, "replace", "/name", "m").ok(200).text("name")).isEqualTo("m");
    assertThat(patch(id, "remove", "/description", "").ok(200).body().has("description")).isFalse();
    assertThat(patch(id, "replace", "/targetArns", "x").ok(400).message())
        .isEqualTo("Invalid patch path /targetArns. Must be one of: [/description, /name]");
    assertThat(patch(id, "replace", "/name", "").status()).isEqualTo(400);
    assertThat(patch(id, "copy", "/name", "n").status()).isEqualTo(400);
    assertThat(patch("nope", "replace", "/name", "m").status()).isEqualTo(404);
    assertThat(console.get("/vpclinks/" + id).text("name")).isEqualTo("m");
  }

  @Test
  void targetsAreLoadBalancers() {
    for (String targets : new String[] {"[]", "[\"x\"]", "[\"arn:aws:s3:::b\"]"}) {
      String json = "{\"name\":\"l\",\"targetArns\":" + targets + "}";
      assertThat(console.post("/vpclinks", json).status()).as(targets).isEqualTo(400);
    }
    assertThat(console.post("/vpclinks", "{\"name\":\"l\"}").status()).isEqualTo(400);
  }

  @Test
  void webSocketApisTakeLinksOfV1AndHttpApisThoseOfV2() {
    String v1 = create("l").ok(202).text("id");
    String v2 =
        console
            .post("/v2/vpclinks", "{\"name\":\"l\",\"subnetIds\":[\"s\"]}")
            .ok(201)
            .text("vpcLinkId");
    String integrations = "/v2/apis/" + console.webSocketApi() + "/integrations";
    String json =
        """
        {"integrationType": "%s", "integrationMethod": "POST", "integrationUri": "http://b.test",
         "connectionType": "VPC_LINK", "connectionId": "%s"}\
        """;
    for (String type : new String[] {"HTTP", "HTTP_PROXY"}) {
      Answer made = console.post(integrations, json.formatted(type, v1)).ok(201);
      assertThat(made.text("connectionId")).isEqualTo(v1);
      assertThat(made.text("connectionType")).isEqualTo("VPC_LINK");
    }
    assertThat(console.post(integrations, json.formatted("AWS_PROXY", v1)).status()).isEqualTo(400);
    assertThat(console.post(integrations, json.formatted("HTTP", v2)).ok(400).message())
        .isEqualTo("VPC links of version 2 are supported only for HTTP APIs");
    assertThat(console.post(integrations, json.formatted("HTTP", "nope")).status()).isEqualTo(404);
    String internet = json.replace("VPC_LINK", "INTERNET").formatted("HTTP", v1);
    assertThat(console.post(integrations, internet).status()).isEqualTo(400);
    String http =
        """
        {"integrationType": "HTTP_PROXY", "integrationMethod": "ANY",
         "integrationUri": "arn:aws:elasticloadbalancing:us-east-1:000000000000:listener/net/a/b",
         "payloadFormatVersion": "1.0", "connectionType": "VPC_LINK", "connectionId": "%s"}\
        """
            .formatted(v1);
    String ofHttp = "/v2/apis/" + console.httpApi() + "/integrations";
    assertThat(console.post(ofHttp, http).status()).isEqualTo(404);
  }

  @Test
  void aLinkOfV1InUseStays() {
    String id = create("l").ok(202).text("id");
    String api = console.webSocketApi();
    String json =
        """
        {"integrationType": "HTTP", "integrationMethod": "POST",
         "integrationUri": "http://b.test", "connectionType": "VPC_LINK", "connectionId": "%s"}\
        """
            .formatted(id);
    String integrations = "/v2/apis/" + api + "/integrations";
    String integration = console.post(integrations, json).ok(201).text("integrationId");
    assertThat(console.delete("/vpclinks/" + id).ok(400).message())
        .contains("Cannot delete vpc link. Vpc link '" + id + "', is referenced in");
    console.delete(integrations + "/" + integration).ok(204);
    console.delete("/vpclinks/" + id).ok(202);
  }
}
