package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.Console.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DomainNamesTest {
  private static final String DOMAIN = "/v2/domainnames/api.example.com";

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

  private Answer create(String name, String more) {
    return console.post(
        "/v2/domainnames",
        "{\"domainName\":\""
            + name
            + "\",\"domainNameConfigurations\":[{\"certificateArn\":\"arn:aws:acm:c\"}]"
            + more
            + "}");
  }

  private String staged(String protocol) {
    String api = protocol.equals("HTTP") ? console.httpApi() : console.webSocketApi();
    console.post("/v2/apis/" + api + "/stages", "{\"stageName\":\"dev\"}").ok(201);
    return api;
  }

  private Answer map(String api, String key) {
    return console.post(
        DOMAIN + "/apimappings",
        "{\"apiId\":\"" + api + "\",\"stage\":\"dev\",\"apiMappingKey\":\"" + key + "\"}");
  }

  @Test
  void aDomainHasItsRegionalName() {
    Answer answer = create("api.example.com", "").ok(201);
    String regional =
        answer
            .body()
            .get("domainNameConfigurations")
            .get(0)
            .get("apiGatewayDomainName")
            .stringValue();
    assertThat(regional).matches("d-[a-z0-9]{10}\\.execute-api\\.us-east-1\\.amazonaws\\.com");
    assertThat(
            answer.is(
                """
                {"apiMappingSelectionExpression": "$request.basepath",
                 "domainName": "api.example.com",
                 "domainNameArn": "arn:aws:apigateway:us-east-1::/domainnames/api.example.com",
                 "domainNameConfigurations": [
                   {"apiGatewayDomainName": "%s", "certificateArn": "arn:aws:acm:c",
                    "domainNameStatus": "AVAILABLE", "endpointType": "REGIONAL",
                    "hostedZoneId": "Z1UJRXOUMOOFQ8", "ipAddressType": "ipv4",
                    "securityPolicy": "TLS_1_2"}],
                 "routingMode": "API_MAPPING_ONLY", "tags": {}}\
                """
                    .formatted(regional)))
        .isTrue();
    Answer updated =
        console
            .patch(
                DOMAIN,
                "{\"domainNameConfigurations\":[{\"certificateArn\":\"arn:aws:acm:other\"}]}")
            .ok(200);
    assertThat(
            updated
                .body()
                .get("domainNameConfigurations")
                .get(0)
                .get("apiGatewayDomainName")
                .stringValue())
        .isEqualTo(regional);
  }

  @Test
  void aDomainIsRegisteredOnce() {
    create("api.example.com", "").ok(201);
    console.actAs(new dev.gatehouse.model.Scope("111111111111", "us-east-1"));
    assertThat(create("api.example.com", "").ok(409).message())
        .isEqualTo("The domain name you provided already exists.");
  }

  @Test
  void wildcardsAreDomainsAndOurOwnNamesAreNot() {
    create("*.example.com", "").ok(201);
    assertThat(console.get("/v2/domainnames/%2A.example.com").status()).isEqualTo(200);
    for (String name :
        new String[] {
          "localhost",
          "a.*.com",
          "x.execute-api.localhost",
          "d-1.amazonaws.com",
          "1.2.3.4",
          "A.b.com"
        }) {
      assertThat(create(name, "").status()).as(name).isEqualTo(400);
    }
  }

  private Answer mutual(String method, String settings) {
    String member = "\"mutualTlsAuthentication\":{" + settings + "}";
    return method.equals("POST")
        ? create("api.example.com", "," + member)
        : console.patch(DOMAIN, "{" + member + "}");
  }

  @Test
  void aTruststoreIsAnObjectInABucket() {
    for (String bad :
        new String[] {
          "",
          "\"truststoreVersion\":\"1\"",
          "\"truststoreUri\":\"https://b.test/k\"",
          "\"truststoreUri\":\"s3://bucket\"",
          "\"truststoreUri\":\"s3://bucket/\"",
          "\"truststoreUri\":\"s3:///key\""
        }) {
      assertThat(mutual("POST", bad).status()).as(bad).isEqualTo(400);
    }
    Answer made = mutual("POST", "\"truststoreUri\":\"s3://bucket/a/key\"").ok(201);
    assertThat(made.body().get("mutualTlsAuthentication"))
        .hasToString("{\"truststoreUri\":\"s3://bucket/a/key\"}");
    assertThat(mutual("PATCH", "\"truststoreUri\":\"key\"").status()).isEqualTo(400);
    assertThat(console.get(DOMAIN).body()).isEqualTo(made.body());
  }

  @Test
  void aTruststoreIsReplacedMemberByMemberAndRemovedByAnEmptyUri() {
    mutual("POST", "\"truststoreUri\":\"s3://bucket/key\",\"truststoreVersion\":\"1\"").ok(201);
    assertThat(
            mutual("PATCH", "\"truststoreVersion\":\"2\"")
                .ok(200)
                .body()
                .get("mutualTlsAuthentication"))
        .hasToString("{\"truststoreUri\":\"s3://bucket/key\",\"truststoreVersion\":\"2\"}");
    assertThat(
            mutual("PATCH", "\"truststoreVersion\":\"\"")
                .ok(200)
                .body()
                .get("mutualTlsAuthentication"))
        .hasToString("{\"truststoreUri\":\"s3://bucket/key\"}");
    console.patch(DOMAIN, "{\"routingMode\":\"ROUTING_RULE_ONLY\"}").ok(200);
    assertThat(console.get(DOMAIN).body().has("mutualTlsAuthentication")).isTrue();
    Answer removed = mutual("PATCH", "\"truststoreUri\":\"\"").ok(200);
    assertThat(removed.body().has("mutualTlsAuthentication")).isFalse();
    assertThat(mutual("PATCH", "\"truststoreVersion\":\"3\"").status()).isEqualTo(400);
  }

  @Test
  void aMappingNeedsApiAndStage() { // K61
    create("api.example.com", "").ok(201);
    String api = staged("HTTP");
    Answer answer = map(api, "orders/v1").ok(201);
    assertThat(answer.text("apiMappingId")).matches("[a-z0-9]{6}");
    assertThat(map(api, "orders/v1").ok(409).message())
        .isEqualTo("ApiMapping key already exists for this domain name");
    map(api, "").ok(201);
    assertThat(map(api, "").status()).isEqualTo(409);
    for (String key : new String[] {"/a", "a/", "a//b", "a b", "a".repeat(301)}) {
      assertThat(map(api, key).status()).as(key).isEqualTo(400);
    }
    assertThat(map("nope", "x").status()).isEqualTo(404);
    String noStage = "{\"apiId\":\"" + api + "\",\"stage\":\"nope\"}";
    assertThat(console.post(DOMAIN + "/apimappings", noStage).ok(400).message())
        .isEqualTo("Invalid stage identifier specified");
    assertThat(map(staged("WEBSOCKET"), "ws").status()).isEqualTo(400);
  }

  @Test
  void whatIsMappedStays() { // K63b
    create("api.example.com", "").ok(201);
    String api = staged("HTTP");
    String mapping = map(api, "a").ok(201).text("apiMappingId");
    assertThat(console.delete("/v2/apis/" + api).ok(400).message())
        .isEqualTo(
            "Deleting API "
                + api
                + " failed. Please remove all API mappings for the API from your custom domain"
                + " names.");
    assertThat(console.delete("/v2/apis/" + api + "/stages/dev").status()).isEqualTo(400);
    console.delete(DOMAIN + "/apimappings/" + mapping).ok(204);
    console.delete("/v2/apis/" + api + "/stages/dev").ok(204);
    console.delete("/v2/apis/" + api).ok(204);
  }

  @Test
  void mappingsGoWithTheirDomain() {
    create("api.example.com", "").ok(201);
    String api = staged("HTTP");
    map(api, "a").ok(201);
    console.delete(DOMAIN).ok(204);
    assertThat(console.get(DOMAIN + "/apimappings").status()).isEqualTo(404);
    console.delete("/v2/apis/" + api).ok(204);
  }

  @Test
  void aMappingCanMove() {
    create("api.example.com", "").ok(201);
    String api = staged("HTTP");
    String mapping = DOMAIN + "/apimappings/" + map(api, "a").ok(201).text("apiMappingId");
    Answer moved =
        console.patch(mapping, "{\"apiId\":\"" + api + "\",\"apiMappingKey\":\"b\"}").ok(200);
    assertThat(moved.text("apiMappingKey")).isEqualTo("b");
    assertThat(moved.text("stage")).isEqualTo("dev");
    map(api, "a").ok(201);
    assertThat(console.patch(mapping, "{\"apiMappingKey\":\"c\"}").status()).isEqualTo(400);
  }

  @Test
  void aRoutingRuleHasAnArnWithItsAccount() { // K62
    create("api.example.com", ",\"routingMode\":\"ROUTING_RULE_ONLY\"").ok(201);
    String api = staged("HTTP");
    String json =
        "{\"priority\":5,\"conditions\":[{\"matchBasePaths\":{\"anyOf\":[\"a\"]}}],"
            + "\"actions\":[{\"invokeApi\":{\"apiId\":\""
            + api
            + "\",\"stage\":\"dev\"}}]}";
    Answer rule = console.post(DOMAIN + "/routingrules", json).ok(201);
    String id = rule.text("routingRuleId");
    assertThat(rule.text("routingRuleArn"))
        .isEqualTo(
            "arn:aws:apigateway:us-east-1:000000000000:/domainnames/api.example.com/routingrules/"
                + id);
    assertThat(rule.body().at("/actions/0/invokeApi/stripBasePath").booleanValue()).isFalse();
    assertThat(console.post(DOMAIN + "/routingrules", json).status()).isEqualTo(409);
    Answer put =
        console
            .ask(
                "PUT",
                DOMAIN + "/routingrules/" + id,
                json.replace("\"priority\":5", "\"priority\":6"))
            .ok(200);
    assertThat(put.body().get("priority").intValue()).isEqualTo(6);
    assertThat(console.get(DOMAIN + "/routingrules").body().get("routingRules")).hasSize(1);
    assertThat(console.get(DOMAIN + "/routingrules?maxResults=101").status()).isEqualTo(400);
    console.delete(DOMAIN + "/routingrules/" + id).ok(204);
  }

  @Test
  void aDomainWithoutRoutingRulesTakesNone() {
    create("api.example.com", "").ok(201);
    String json =
        "{\"priority\":5,\"conditions\":[],\"actions\":[{\"invokeApi\":"
            + "{\"apiId\":\"a\",\"stage\":\"dev\"}}]}";
    assertThat(console.post(DOMAIN + "/routingrules", json).status()).isEqualTo(400);
  }
}
