package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.Console.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VpcLinksAndTagsTest {
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

  private static String tags(String resource) {
    return "/v2/tags/"
        + URLEncoder.encode("arn:aws:apigateway:us-east-1::" + resource, StandardCharsets.UTF_8);
  }

  @Test
  void aVpcLinkBecomesAvailable() { // K60
    Answer made =
        console.post("/v2/vpclinks", "{\"name\":\"l\",\"subnetIds\":[\"subnet-1\"]}").ok(201);
    String id = made.text("vpcLinkId");
    assertThat(
            made.is(
                """
                {"vpcLinkId": "%s", "name": "l", "subnetIds": ["subnet-1"],
                 "securityGroupIds": [], "tags": {}, "createdDate": "2026-11-22T10:00:00Z",
                 "vpcLinkStatus": "PENDING", "vpcLinkVersion": "V2",
                 "vpcLinkStatusMessage": "VPC link is provisioning ENIs"}\
                """
                    .formatted(id)))
        .isTrue();
    Answer later = console.get("/v2/vpclinks/" + id).ok(200);
    assertThat(later.text("vpcLinkStatus")).isEqualTo("AVAILABLE");
    assertThat(later.text("vpcLinkStatusMessage")).isEqualTo("VPC link is ready to route traffic");
    console.patch("/v2/vpclinks/" + id, "{\"name\":\"m\"}").ok(200);
    assertThat(console.get("/v2/vpclinks").body().at("/items/0/name").stringValue()).isEqualTo("m");
    assertThat(console.delete("/v2/vpclinks/" + id).ok(202).is("{}")).isTrue();
    assertThat(console.get("/v2/vpclinks/" + id).status()).isEqualTo(404);
  }

  @Test
  void tagsAreMergedAndTakenAway() { // K59
    String api = console.httpApi();
    String path = tags("/apis/" + api);
    assertThat(console.get(path).ok(200).is("{\"tags\":{}}")).isTrue();
    assertThat(console.post(path, "{\"tags\":{\"a\":\"1\",\"b\":\"2\"}}").ok(201).is("{}"))
        .isTrue();
    console.post(path, "{\"tags\":{\"b\":\"3\"}}").ok(201);
    assertThat(console.get(path).is("{\"tags\":{\"a\":\"1\",\"b\":\"3\"}}")).isTrue();
    console.delete(path + "?tagKeys=a&tagKeys=c").ok(204);
    assertThat(console.get("/v2/apis/" + api).body().get("tags")).hasToString("{\"b\":\"3\"}");
  }

  @Test
  void stagesHaveTagsOfTheirOwn() {
    String api = console.httpApi();
    console.post("/v2/apis/" + api + "/stages", "{\"stageName\":\"$default\"}").ok(201);
    console.post(tags("/apis/" + api + "/stages/$default"), "{\"tags\":{\"a\":\"1\"}}").ok(201);
    assertThat(console.get("/v2/apis/" + api + "/stages/$default").body().get("tags"))
        .hasToString("{\"a\":\"1\"}");
    assertThat(console.get("/v2/apis/" + api).body().get("tags")).isEmpty();
  }

  @Test
  void arnsThatNameNothingAreRefused() {
    assertThat(console.get(tags("/apis/nope")).status()).isEqualTo(404);
    assertThat(console.get(tags("/apis/nope/stages/s")).status()).isEqualTo(404);
    assertThat(console.get(tags("/routes/x")).status()).isEqualTo(400);
    assertThat(console.get("/v2/tags/nonsense").status()).isEqualTo(400);
    String elsewhere = tags("/apis/" + console.httpApi()).replace("us-east-1", "eu-west-1");
    assertThat(console.get(elsewhere).status()).isEqualTo(404);
  }

  @Test
  void tagsHaveLimits() {
    String path = tags("/apis/" + console.httpApi());
    for (String tag :
        new String[] {
          "\"aws:x\":\"1\"",
          "\"\":\"1\"",
          "\"" + "k".repeat(129) + "\":\"1\"",
          "\"a\":\"" + "v".repeat(257) + "\""
        }) {
      assertThat(console.post(path, "{\"tags\":{" + tag + "}}").status()).as(tag).isEqualTo(400);
    }
    StringBuilder many = new StringBuilder("\"t0\":\"\"");
    for (int i = 1; i <= 50; i++) {
      many.append(",\"t").append(i).append("\":\"\"");
    }
    assertThat(console.post(path, "{\"tags\":{" + many + "}}").status()).isEqualTo(400);
    assertThat(console.get(path).is("{\"tags\":{}}")).isTrue();
  }
}
