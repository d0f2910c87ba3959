package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.ProbeFunction;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.Vector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

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

  @Test
  void requestsAreMappedByTheirBody() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        String parameters =
            """
            {"append:header.name":"$request.body.pet.name","append:header.age":"$request.body.pet.age",
             "append:header.all":"$request.body.tags","append:header.second":"$request.body.tags[1]",
             "append:header.none":"$request.body.pet.none","append:querystring.q":"${request.body.pet.name}!",
             "overwrite:path":"/of/${request.body.pet.name}"}\
            """;
        api.routes(api.url(backend.url() + "/x?fixed=1", 5_000, parameters), "POST /x");
        api.serve();
        String body = "{\"pet\":{\"name\":\"Rex\",\"age\":3,\"none\":null},\"tags\":[\"a\",true]}";
        assertThat(api.send("POST", "/x?c=2", body).status()).isEqualTo(200);
        Backend.Request asked = backend.taken();
        assertThat(asked.target()).isEqualTo("/of/Rex?fixed=1&c=2&q=Rex%21");
        assertThat(asked.headers().get("name")).containsExactly("Rex");
        assertThat(asked.headers().get("age")).containsExactly("3");
        assertThat(asked.headers().get("all")).containsExactly("[\"a\",true]");
        assertThat(asked.headers().get("second")).containsExactly("true");
        assertThat(asked.headers()).doesNotContainKey("none");
        assertThat(new String(asked.body(), StandardCharsets.UTF_8)).isEqualTo(body);

        assertThat(api.send("POST", "/x", "{\"pet\":{\"name\":\"Rex\"}").status()).isEqualTo(200);
        assertThat(backend.taken().headers()).doesNotContainKey("name");
        assertThat(api.send("POST", "/x", "").status()).isEqualTo(200);
        assertThat(backend.taken().headers()).doesNotContainKey("name");
      }
    });
  }

  @Test
  void ofALongBodyTheFirst100KilobytesAreMappedAndAllIsSent() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        String parameters =
            "{\"append:header.first\":\"$request.body.a\",\"append:header.last\":\"$request.body.z\"}";
        api.routes(api.url(backend.url(), 5_000, parameters), "POST /x");
        api.serve();
        String body = "{\"a\":1,\"b\":\"" + "b".repeat(3_000_000) + "\",\"z\":2}";
        assertThat(api.send("POST", "/x", body).status()).isEqualTo(200);
        Backend.Request asked = backend.taken();
        assertThat(asked.headers().get("first")).containsExactly("1");
        assertThat(asked.headers()).doesNotContainKey("last");
        assertThat(asked.body()).hasSize(body.length());
      }
    });
  }

  @Test
  void answersAreMappedByTheirBody() throws Exception {
    String large = "{\"a\":\"x\",\"b\":\"" + "b".repeat(400_000) + "\"}";
    withGatehouse((gw, http) -> {
      try (Backend backend =
              Backend.start(exchange ->
                  Backend.text(
                      exchange,
                      200,
                      exchange.getRequestURI().getPath().equals("/large")
                          ? large
                          : "{\"a\":{\"b\":\"c\"},\"status\":418}"));
          HttpApi api = HttpApi.create(gw)) {
        api.routes(
            api.integration(
                """
                {"integrationType":"HTTP_PROXY","integrationMethod":"ANY",
                 "integrationUri":"%s","payloadFormatVersion":"1.0","responseParameters":{
                   "200":{"overwrite:statuscode":"$response.body.status",
                          "append:header.deep":"$response.body.a.b",
                          "append:header.a":"$response.body.a",
                          "append:header.took":"$context.integration.status"}}}\
                """
                    .formatted(backend.url())),
            "$default");
        api.serve();
        Reply small = api.get("/small");
        assertThat(small.status()).isEqualTo(418);
        assertThat(small.header("deep")).contains("c");
        assertThat(small.header("a")).contains("{\"b\":\"c\"}");
        assertThat(small.header("took")).contains("200");
        assertThat(small.text()).isEqualTo("{\"a\":{\"b\":\"c\"},\"status\":418}");
        Reply whole = api.get("/large");
        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.header("a")).contains("x");
        assertThat(whole.text()).isEqualTo(large);
        Reply head = api.send("HEAD", "/small", "");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("a")).isEmpty();
      }
    });
  }

  @Test
  void functionsAreAskedWithTheMappedRequestAndTheirAnswersAreMapped() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        api.routes(
            api.integration(
                """
                {"integrationType":"AWS_PROXY","integrationUri":"%s","payloadFormatVersion":"2.0",
                 "requestParameters":{"overwrite:header.x-name":"$request.body.name",
                   "append:querystring.added":"1","remove:header.x-gone":"''"},
                 "responseParameters":{"200":{"append:header.name":"$response.body.headers.x-name"}}}\
                """
                    .formatted(ProbeFunction.arn(gw))),
            "POST /x");
        api.serve();
        Reply reply =
            api.send(
                "POST",
                "/x?a=b",
                "{\"name\":\"Zoë\"}",
                "Content-Type: application/json",
                "X-Gone: 1");
        assertThat(reply.status()).isEqualTo(200);
        JsonNode event = reply.json();
        assertThat(event.path("headers").path("x-name").asString()).isEqualTo("Zoë");
        assertThat(event.path("headers").has("x-gone")).isFalse();
        assertThat(event.path("rawQueryString").asString()).isEqualTo("a=b&added=1");
        assertThat(reply.header("name")).contains("Zoë");
      }
    });
  }

  @Test
  void pathsIntoBodiesAreNoSearches() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        for (String path : List.of("a..b", "a[?(@.b)]", "*", "a[", ".a")) {
          String json =
              """
              {"integrationType":"HTTP_PROXY","integrationMethod":"ANY","integrationUri":"https://h",
               "payloadFormatVersion":"1.0","requestParameters":{"append:header.x":"$request.body.%s"}}\
              """
                  .formatted(path);
          assertThat(gw.control().post(api.path("/integrations"), json).status())
              .as(path)
              .isEqualTo(400);
        }
      }
    });
  }

  private static void statusOfPath(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Backend.text(exchange, Integer.parseInt(path.substring(1)), "from behind");
  }
}
