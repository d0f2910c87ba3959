package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.Eventually;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.Vector;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the control API holds of domain names, VPC links and tags. */
class DomainsAndTagsIT {

  @Test
  @Vector("K59")
  void tagsAreSetListedAndRemoved() throws Exception {
    withGatehouse((gw, http) -> {
      Control control = gw.control();
      try (HttpApi api = HttpApi.create(gw)) {
        String arn = "arn:aws:apigateway:us-east-1::/apis/" + api.id();
        for (String form : new String[] {arn, arn.replace(":", "%3A").replace("/", "%2F")}) {
          Reply set = control.post("/v2/tags/" + form, "{\"tags\":{\"a\":\"1\",\"b\":\"2\"}}");
          assertThat(set.status()).as("%s", set).isEqualTo(201);
          assertThat(control.get("/v2/tags/" + form).json())
              .isEqualTo(Reply.parse("{\"tags\":{\"a\":\"1\",\"b\":\"2\"}}"));
          assertThat(control.delete("/v2/tags/" + form + "?tagKeys=a&tagKeys=b").status())
              .isEqualTo(204);
          assertThat(control.get(api.path("")).json().path("tags")).isEqualTo(Reply.parse("{}"));
        }
      }
    });
  }

  @Test
  @Vector("K60")
  void aVpcLinkComesUpAndGoes() throws Exception {
    withGatehouse((gw, http) -> {
      Control control = gw.control();
      JsonNode created =
          control.create("/v2/vpclinks", "{\"name\":\"l\",\"subnetIds\":[\"subnet-1\"]}");
      assertThat(created.path("vpcLinkStatus").asString()).isEqualTo("PENDING");
      String path = "/v2/vpclinks/" + created.path("vpcLinkId").asString();
      Eventually.eventually(
          "link available",
          Duration.ofSeconds(10),
          () ->
              Optional.of(control.get(path).json().path("vpcLinkStatus").asString())
                  .filter("AVAILABLE"::equals));
      assertThat(control.delete(path).status()).isEqualTo(202);
      Eventually.eventually(
          "link gone",
          Duration.ofSeconds(10),
          () -> Optional.of(control.get(path).status()).filter(status -> status == 404));
    });
  }

  @Test
  @Vector({"K61", "K62", "K63b"})
  void aDomainNameHasMappingsAndRules() throws Exception {
    withGatehouse((gw, http) -> {
      Control control = gw.control();
      String domain = "/v2/domainnames/conformance.example.com";
      Reply made =
          control.post(
              "/v2/domainnames",
              """
              {"domainName":"conformance.example.com",
                   "routingMode":"ROUTING_RULE_THEN_API_MAPPING","domainNameConfigurations":[{
                "certificateArn":"arn:aws:acm:us-east-1:000000000000:certificate/c",
                "endpointType":"REGIONAL","securityPolicy":"TLS_1_2"}]}\
              """);
      assertThat(made.status()).as("%s", made).isEqualTo(201);
      try (HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url("http://127.0.0.1:9"), "GET /x");
        api.serve();
        String mapping =
            "{\"apiId\":\"%s\",\"stage\":\"$default\",\"apiMappingKey\":\"v1\"}"
                .formatted(api.id());
        String id =
            control.create(domain + "/apimappings", mapping).path("apiMappingId").asString();
        Reply again = control.post(domain + "/apimappings", mapping);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("message").asString())
            .isEqualTo("ApiMapping key already exists for this domain name");

        Reply mapped = control.delete(api.path(""));
        assertThat(mapped.status()).isEqualTo(400);
        assertThat(mapped.json().path("message").asString())
            .isEqualTo(
                "Deleting API "
                    + api.id()
                    + " failed. Please remove all API mappings for the API from your custom"
                    + " domain names.");
        assertRule(control, domain, api.id());
        assertThat(control.delete(domain + "/apimappings/" + id).status()).isEqualTo(204);
      }
      assertThat(control.delete(domain).status()).isEqualTo(204);
    });
  }

  private static void assertRule(Control control, String domain, String api) throws Exception {
    JsonNode rule =
        control.create(
            domain + "/routingrules",
            """
            {"priority":1,"conditions":[{"matchBasePaths":{"anyOf":["a"]}}],
             "actions":[{"invokeApi":{"apiId":"%s","stage":"$default"}}]}\
            """
                .formatted(api));
    assertThat(rule.at("/actions/0/invokeApi/stripBasePath").asBoolean(true)).isFalse();
    assertThat(rule.path("routingRuleArn").asString())
        .matches(
            "arn:aws:apigateway:us-east-1:\\d{12}:/domainnames/conformance\\.example\\.com/"
                + "routingrules/"
                + rule.path("routingRuleId").asString());
    assertThat(
            control
                .delete(domain + "/routingrules/" + rule.path("routingRuleId").asString())
                .status())
        .isEqualTo(204);
  }
}
