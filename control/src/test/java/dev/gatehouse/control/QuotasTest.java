package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.Console.Answer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuotasTest {
  private static final Limits ONE = all(1);
  private static final Limits NONE = all(Limits.NONE);

  @TempDir Path data;

  private static Limits all(int most) {
    return new Limits(most, most, most, most, most, most, most, most, most, most, most);
  }

  /** Where resources are made, each with a body in which {@code %s} is the resource's name. */
  private static Map<String, String> creates(String api) {
    return Map.of(
        "/v2/apis/" + api + "/routes",
        "{\"routeKey\":\"GET /%s\"}",
        "/v2/apis/" + api + "/integrations",
        """
        {"integrationType":"HTTP_PROXY","integrationMethod":"ANY","description":"%s",
         "integrationUri":"http://b.test","payloadFormatVersion":"1.0"}\
        """,
        "/v2/apis/" + api + "/stages",
        "{\"stageName\":\"%s\"}",
        "/v2/apis/" + api + "/authorizers",
        """
        {"name":"%s","authorizerType":"REQUEST","authorizerPayloadFormatVersion":"2.0",
         "identitySource":["$request.header.A"],
         "authorizerUri":"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/\
        arn:aws:lambda:us-east-1:000000000000:function:f/invocations"}\
        """,
        "/v2/vpclinks",
        "{\"name\":\"%s\",\"subnetIds\":[\"s\"]}",
        "/v2/domainnames",
        """
        {"domainName":"%s.example.com",
         "domainNameConfigurations":[{"certificateArn":"arn:aws:acm:c"}]}\
        """);
  }

  @Test
  void oneMoreThanTheQuotaIsRefusedAndMakesRoomAgainWhenOneGoes() {
    try (Console console = new Console(data, ONE)) {
      creates(console.httpApi())
          .forEach((path, json) -> {
            Answer first = console.post(path, json.formatted("a")).ok(201);
            Answer second = console.post(path, json.formatted("b")).ok(429);
            assertThat(second.message()).startsWith("Maximum number of ");
            assertThat(second.errorType()).isEqualTo("ConflictException");
            assertThat(console.get(path).body().get("items")).as(path).hasSize(1);
            console.delete(path + "/" + id(path, first));
            console.post(path, json.formatted("b")).ok(201);
          });
    }
  }

  private static String id(String path, Answer made) {
    String kind = path.substring(path.lastIndexOf('/') + 1);
    return made.text(
        switch (kind) {
          case "routes" -> "routeId";
          case "integrations" -> "integrationId";
          case "stages" -> "stageName";
          case "authorizers" -> "authorizerId";
          case "vpclinks" -> "vpcLinkId";
          default -> "domainName";
        });
  }

  @Test
  void withoutQuotasThereIsRoomForMoreThanAwsGives() {
    try (Console console = new Console(data, NONE)) {
      String api = console.httpApi();
      Map<String, Integer> beyondAws =
          Map.of("/v2/apis/" + api + "/stages", 11, "/v2/apis/" + api + "/authorizers", 11);
      beyondAws.forEach((path, count) -> {
        String json = creates(api).get(path);
        for (int i = 0; i < count; i++) {
          console.post(path, json.formatted("n" + i)).ok(201);
        }
      });
      String variables = "{\"stageName\":\"v\",\"stageVariables\":{" + many(101) + "}}";
      console.post("/v2/apis/" + api + "/stages", variables).ok(201);
    }
  }

  @Test
  void aStageHasAHundredVariablesOnAws() {
    try (Console console = new Console(data)) {
      String stages = "/v2/apis/" + console.httpApi() + "/stages";
      String json = "{\"stageName\":\"v\",\"stageVariables\":{%s}}";
      assertThat(console.post(stages, json.formatted(many(101))).status()).isEqualTo(400);
      console.post(stages, json.formatted(many(100))).ok(201);
    }
  }

  private static String many(int count) {
    StringBuilder entries = new StringBuilder("\"v0\":\"x\"");
    for (int i = 1; i < count; i++) {
      entries.append(",\"v").append(i).append("\":\"x\"");
    }
    return entries.toString();
  }
}
