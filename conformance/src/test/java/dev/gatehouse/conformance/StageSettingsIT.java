package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.Vector;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StageSettingsIT {

  @Test
  @Vector("K37")
  void anHttpStageHasNoExecutionLogs() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        Reply reply =
            gw.control()
                .post(
                    api.path("/stages"),
                    "{\"stageName\":\"dev\",\"defaultRouteSettings\":{\"loggingLevel\":\"INFO\"}}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("message").asString())
            .isEqualTo("Execution logs are not supported on protocolType HTTP");
      }
    });
  }

  @Test
  @Vector("K38")
  void routeSettingsAreDeletedByKey() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url("http://127.0.0.1:9"), "GET /pets", "PUT /pets");
        gw.control()
            .create(
                api.path("/stages"),
                """
                {"stageName":"dev","routeSettings":{
                  "GET /pets":{"detailedMetricsEnabled":false},
                  "PUT /pets":{"detailedMetricsEnabled":false}}}\
                """);
        String path = api.path("/stages/dev/routesettings/GET%20%2Fpets");
        assertThat(gw.control().delete(path).status()).isEqualTo(204);
        JsonNode settings = gw.control().get(api.path("/stages/dev")).json().path("routeSettings");
        assertThat(settings.propertyNames()).containsExactly("PUT /pets");
      }
    });
  }

  @Test
  @Vector("K47")
  void theAuthorizerCacheIsReset() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        gw.control().create(api.path("/stages"), "{\"stageName\":\"dev\"}");
        assertThat(gw.control().delete(api.path("/stages/dev/cache/authorizers")).status())
            .isEqualTo(204);
        assertThat(gw.control().delete(api.path("/stages/no/cache/authorizers")).status())
            .isEqualTo(404);
      }
    });
  }

  @Test
  @Vector("K48")
  void credentialsExcludeAnyOrigin() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        Reply reply =
            gw.control()
                .patch(
                    api.path(""),
                    """
                    {"corsConfiguration":{"allowCredentials":true,"allowOrigins":["*"]}}\
                    """);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("message").asString())
            .isEqualTo("allow-credentials is not supported if 'allow-origin' is *");
      }
    });
  }

  @Test
  @Vector("K49")
  void theCorsConfigurationIsDeleted() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        String json = "{\"corsConfiguration\":{\"allowOrigins\":[\"https://a.com\"]}}";
        Reply set = gw.control().patch(api.path(""), json);
        assertThat(set.json().at("/corsConfiguration/allowOrigins"))
            .isEqualTo(Reply.parse("[\"https://a.com\"]"));
        assertThat(gw.control().delete(api.path("/cors")).status()).isEqualTo(204);
        assertThat(gw.control().get(api.path("")).json().has("corsConfiguration")).isFalse();
      }
    });
  }
}
