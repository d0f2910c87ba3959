package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.AwsCli;
import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.Vector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** API keys and usage plans by v1's calls, and what they open. */
class ApiKeysIT {
  private static final String VALUE = "conformance-key-of-forty-characters-long";

  @Test
  @Vector({"K70", "W54", "W55"})
  void aKeyInAPlanForTheStageOpensTheConnection() throws Exception {
    withGatehouse((gw, http) -> {
      AwsCli cli = gw.cli();
      Control control = gw.control();
      JsonNode key =
          cli.json("apigateway", "create-api-key", "--name", "k", "--enabled", "--value", VALUE);
      assertThat(key.path("value").asString()).isEqualTo(VALUE);
      String api =
          control
              .create(
                  "/v2/apis",
                  "{\"name\":\"w\",\"protocolType\":\"WEBSOCKET\","
                      + "\"routeSelectionExpression\":\"$request.body.action\"}")
              .path("apiId")
              .asString();
      control.create(
          "/v2/apis/" + api + "/routes", "{\"routeKey\":\"$connect\",\"apiKeyRequired\":true}");
      String deployment =
          control.create("/v2/apis/" + api + "/deployments", "{}").path("deploymentId").asString();
      control.create(
          "/v2/apis/" + api + "/stages",
          "{\"stageName\":\"s\",\"deploymentId\":\"" + deployment + "\"}");
      JsonNode plan =
          cli.json(
              "apigateway",
              "create-usage-plan",
              "--name",
              "p",
              "--quota",
              "limit=2,period=DAY",
              "--api-stages",
              "apiId=" + api + ",stage=s");
      String planId = plan.path("id").asString();
      String keyId = key.path("id").asString();

      assertThat(connect(http, api, "").status()).isEqualTo(403);
      assertThat(connect(http, api, VALUE).status()).isEqualTo(403);
      cli.json(
          "apigateway",
          "create-usage-plan-key",
          "--usage-plan-id",
          planId,
          "--key-type",
          "API_KEY",
          "--key-id",
          keyId);
      assertThat(connect(http, api, VALUE).status()).isEqualTo(101);
      assertThat(connect(http, api, VALUE).status()).isEqualTo(101);
      assertThat(connect(http, api, VALUE).status()).isEqualTo(429);

      JsonNode usage =
          cli.json(
              "apigateway",
              "get-usage",
              "--usage-plan-id",
              planId,
              "--start-date",
              today(),
              "--end-date",
              today());
      assertThat(usage.path("items").path(keyId)).hasToString("[[2,0]]");
      assertThat(cli.json("apigateway", "get-api-keys").path("items").path(0).has("value"))
          .isFalse();
      cli.json("apigateway", "delete-api-key", "--api-key", keyId);
      assertThat(connect(http, api, VALUE).status()).isEqualTo(403);
      assertThat(control.delete("/v2/apis/" + api).status()).isEqualTo(204);
    });
  }

  /** What Terraform's resources for keys and plans call besides creating, reading and deleting. */
  @Test
  void keysAndPlansAreTaggedImportedAndPatchedByTheAwsCli(@TempDir Path directory)
      throws Exception {
    withGatehouse((gw, http) -> {
      AwsCli cli = gw.cli();
      Control control = gw.control();
      String plan = control.create("/usageplans", "{\"name\":\"tf\"}").path("id").asString();
      String arn = "arn:aws:apigateway:us-east-1::/usageplans/" + plan;
      cli.json("apigateway", "tag-resource", "--resource-arn", arn, "--tags", "a=1,b=2");
      cli.json("apigateway", "untag-resource", "--resource-arn", arn, "--tag-keys", "a");
      assertThat(cli.json("apigateway", "get-tags", "--resource-arn", arn).path("tags"))
          .hasToString("{\"b\":\"2\"}");
      Path file = directory.resolve("keys.csv");
      Files.writeString(
          file, "name,key,usagePlanIds\nimported,an-imported-key-of-the-cli,%s\n".formatted(plan));
      JsonNode imported =
          cli.json("apigateway", "import-api-keys", "--format", "csv", "--body", "fileb://" + file);
      String key = imported.path("ids").path(0).asString();
      assertThat(imported.path("warnings")).isEmpty();
      assertThat(control.get("/usageplans/" + plan + "/keys/" + key).json().path("name").asString())
          .isEqualTo("imported");
      JsonNode patched =
          cli.json(
              "apigateway",
              "update-usage-plan",
              "--usage-plan-id",
              plan,
              "--patch-operations",
              "op=add,path=/productCode,value=c",
              "op=replace,path=/throttle/rateLimit,value=2.5",
              "op=replace,path=/throttle/burstLimit,value=5",
              "op=replace,path=/quota/limit,value=9",
              "op=replace,path=/quota/period,value=MONTH");
      assertThat(patched.at("/throttle/rateLimit").asDouble()).isEqualTo(2.5);
      assertThat(patched.at("/quota/limit").asInt()).isEqualTo(9);
      assertThat(control.delete("/apikeys/" + key).status()).isEqualTo(202);
      assertThat(control.delete("/usageplans/" + plan).status()).isEqualTo(202);
    });
  }

  private static String today() {
    return LocalDate.now(ZoneOffset.UTC).toString();
  }

  private static Reply connect(dev.gatehouse.conformance.rig.Http http, String api, String key)
      throws Exception {
    String head =
        "GET /s HTTP/1.1\r\nHost: "
            + api
            + ".execute-api.localhost:"
            + http.port()
            + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + (key.isEmpty() ? "" : "x-api-key: " + key + "\r\n")
            + "\r\n";
    return http.exchange(head.getBytes(StandardCharsets.US_ASCII), false);
  }
}
