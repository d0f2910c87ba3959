package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.ProbeFunction;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Events and answers of payload 1.0. */
class PayloadOneIT {

  /** What a test asks of an API whose function takes payload 1.0. */
  private interface Questions {
    void ask(HttpApi api) throws Exception;
  }

  private static void withFunction(String key, Questions questions) throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        String integration =
            api.integration(
                """
                {"integrationType":"AWS_PROXY","integrationUri":"%s",
                 "payloadFormatVersion":"1.0"}\
                """
                    .formatted(ProbeFunction.wrapperArn(gw)));
        api.routes(integration, key);
        questions.ask(api.serve());
      }
    });
  }

  /** The event, which the function wraps into an answer that payload 1.0 allows. */
  private static JsonNode event(Reply reply) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    return reply.json();
  }

  @Test
  @Vector("H34")
  void parametersAndResource() throws Exception {
    withFunction(
        "POST /u/{userId}/o",
        api -> {
          Reply reply = api.send("POST", "/u/123/o?tag=important&tag=urgent", "");
          JsonNode event = event(reply);
          assertThat(event.at("/queryStringParameters/tag").asString()).isEqualTo("urgent");
          assertThat(event.at("/multiValueQueryStringParameters/tag"))
              .isEqualTo(Reply.parse("[\"important\",\"urgent\"]"));
          assertThat(event.path("resource").asString()).isEqualTo("/u/{userId}/o");
          assertThat(event.path("pathParameters")).isEqualTo(Reply.parse("{\"userId\":\"123\"}"));
          JsonNode context = event.path("requestContext");
          assertThat(context.path("resourceId").asString()).isEqualTo("POST /u/{userId}/o");
          assertThat(context.path("extendedRequestId")).isEqualTo(context.path("requestId"));
          assertThat(reply.header("apigw-requestid"))
              .contains(context.path("requestId").asString());
        });
  }

  @Test
  @Vector("H35")
  void thePathIsEncodedAndDecodedInTheContext() throws Exception {
    withFunction(
        "GET /p/{n}",
        api -> {
          JsonNode event = event(api.get("/p/a%20b"));
          assertThat(event.path("path").asString()).isEqualTo("/p/a%20b");
          assertThat(event.at("/requestContext/path").asString()).isEqualTo("/p/a b");
        });
  }

  @Test
  @Vector("H36")
  void whatIsAbsentIsNull() throws Exception {
    withFunction(
        "GET /x",
        api -> {
          JsonNode event = event(api.get("/x"));
          for (String name :
              new String[] {
                "queryStringParameters",
                "multiValueQueryStringParameters",
                "pathParameters",
                "stageVariables",
                "body"
              }) {
            assertThat(event.has(name)).as(name).isTrue();
            assertThat(event.path(name).isNull()).as(name).isTrue();
          }
          assertThat(event.path("version").asString()).isEqualTo("1.0");
        });
  }

  @ParameterizedTest
  @Vector({"H51", "H52"})
  @ValueSource(strings = {"{\"body\":\"x\"}", "plain text", "\"a string\"", "7"})
  void whatHasNoStatusFails(String payload) throws Exception {
    withFunction(
        "$default",
        api -> {
          Reply reply = api.get("/x" + ProbeFunction.answer(payload));
          assertThat(reply.status()).isEqualTo(500);
          assertThat(reply.text()).isEqualTo("{\"message\":\"Internal Server Error\"}");
        });
  }

  @Test
  @Vector("H53")
  void theSingleValueComesFirst() throws Exception {
    String payload =
        """
        {"statusCode":200,"headers":{"C":"s"},"multiValueHeaders":{"C":["m1","m2"]},"body":"x"}\
        """;
    withFunction(
        "$default",
        api ->
            assertThat(api.get("/x" + ProbeFunction.answer(payload)).headers("c"))
                .containsExactly("s", "m1", "m2"));
  }
}
