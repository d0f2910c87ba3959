package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.Vector;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Request and response parameters of an HTTP_PROXY integration. */
class ParameterMappingIT {

  @Test
  @Vector({"H67", "H68"})
  void headersComeFromTheContextAndFromEachOther() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        String parameters =
            """
            {"append:header.header1":"$context.requestId",
             "append:header.h2":"$request.header.h1","remove:header.h1":"''"}\
            """;
        api.routes(api.url(backend.url(), 5_000, parameters), "GET /x");
        api.serve();
        Reply reply = api.get("/x", "h1: v");
        Backend.Request asked = backend.taken();
        assertThat(asked.headers().get("header1"))
            .containsExactly(reply.header("apigw-requestid").orElseThrow());
        assertThat(asked.headers().get("h2")).containsExactly("v");
        assertThat(asked.headers()).doesNotContainKey("h1");
      }
    });
  }

  @Test
  @Vector({"H69", "H70"})
  void answersAreMappedByTheirStatus() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start(ParameterMappingIT::statusOfPath);
          HttpApi api = HttpApi.create(gw)) {
        api.routes(
            api.integration(
                """
                {"integrationType":"HTTP_PROXY","integrationMethod":"ANY",
                 "integrationUri":"%s","payloadFormatVersion":"1.0","responseParameters":{
                   "500":{"overwrite:statuscode":"403"},
                   "404":{"append:header.error":"$stageVariables.env"}}}\
                """
                    .formatted(backend.url())),
            "$default");
        api.serve();
        String variables = "{\"stageVariables\":{\"env\":\"prod\"}}";
        assertThat(gw.control().patch(api.path("/stages/$default"), variables).status())
            .isEqualTo(200);

        Reply overwritten = api.get("/500");
        assertThat(overwritten.status()).isEqualTo(403);
        assertThat(overwritten.text()).isEqualTo("from behind");
        assertThat(api.get("/404").header("error")).contains("prod");
        assertThat(api.get("/200").header("error")).isEmpty();
      }
    });
  }

  private static void statusOfPath(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Backend.text(exchange, Integer.parseInt(path.substring(1)), "from behind");
  }
}
