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

/** What the client sees of what a function returns, payload 2.0. */
class LambdaResponseIT {
  private static final String ISE = "{\"message\":\"Internal Server Error\"}";

  private static Reply answered(String payload) throws Exception {
    Reply[] replies = new Reply[1];
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        api.routes(api.function(ProbeFunction.arn(gw)), "$default");
        replies[0] = api.serve().get("/x" + ProbeFunction.answer(payload));
      }
    });
    return replies[0];
  }

  private static void assertPlain(String payload, String body) throws Exception {
    Reply reply = answered(payload);
    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    assertThat(reply.header("content-type")).contains("application/json");
    assertThat(reply.text()).isEqualTo(body);
    assertThat(reply.header("content-length")).contains("" + reply.body().length);
  }

  @Test
  @Vector("H37")
  void aStringIsABody() throws Exception {
    assertPlain("\"Hello \\u2615\"", "Hello ☕");
  }

  @ParameterizedTest
  @Vector({"H38", "H39", "H41", "H50"})
  @ValueSource(
      strings = {
        "{\"name\": \"J\"}",
        "42",
        "true",
        "[1, 2]",
        "{\"name\": \"J\", \"age\":",
        "{\"body\":\"x\"}",
        "null"
      })
  void whatHasNoStatusIsABodyAsItIs(String payload) throws Exception {
    assertPlain(payload, payload);
  }

  @Test
  @Vector("H40")
  void theEmptyStringIsAnEmptyBody() throws Exception {
    assertPlain("\"\"", "");
  }

  @Test
  @Vector("H42")
  void aStatusAndABody() throws Exception {
    Reply reply = answered("{\"statusCode\":201,\"body\":\"x\"}");
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.header("content-type")).contains("text/plain; charset=utf-8");
    assertThat(reply.text()).isEqualTo("x");
    assertThat(reply.header("date").orElse("")).endsWith("GMT");
    assertThat(reply.lines())
        .noneMatch(line -> line.matches("(?i)(server|x-amzn?-.*|x-powered-by):.*"));
  }

  @ParameterizedTest
  @Vector({"H43", "H44"})
  @ValueSource(strings = {"0", "200.5", "\"x\"", "null", "99999", "-1"})
  void aBrokenStatusFails(String status) throws Exception {
    Reply reply = answered("{\"statusCode\":%s,\"body\":\"x\"}".formatted(status));
    assertThat(reply.status()).as("%s", reply).isEqualTo(500);
    assertThat(reply.header("content-type")).contains("application/json");
    assertThat(reply.header("content-length")).contains("35");
    assertThat(reply.text()).isEqualTo(ISE);
  }

  @Test
  @Vector("H45")
  void headerNamesAreInCanonicalCase() throws Exception {
    Reply reply =
        answered("{\"statusCode\":200,\"headers\":{\"myheader\":\"a,b\"},\"body\":\"x\"}");
    assertThat(reply.lines()).contains("Myheader: a,b");
  }

  @Test
  @Vector({"H46", "H47"})
  void cookiesBecomeLines() throws Exception {
    assertThat(
            answered("{\"statusCode\":200,\"cookies\":[\"a=1\",\"b=2; Path=/\"],\"body\":\"\"}")
                .headers("set-cookie"))
        .containsExactly("a=1", "b=2; Path=/");
    assertThat(
            answered(
                    """
                    {"statusCode":200,"cookies":["a=1"],"headers":{"set-cookie":"c=3"},"body":""}\
                    """)
                .headers("set-cookie"))
        .containsExactly("a=1", "c=3");
  }

  @Test
  @Vector("H48")
  void base64BecomesBytes() throws Exception {
    Reply reply =
        answered(
            """
            {"statusCode":200,"isBase64Encoded":true,"body":"AQID",
             "headers":{"content-type":"image/png"}}\
            """);
    assertThat(reply.body()).containsExactly(1, 2, 3);
    assertThat(reply.header("content-length")).contains("3");
    assertThat(reply.header("content-type")).contains("image/png");
  }

  @Test
  @Vector("H49")
  void unknownMembersAreIgnored() throws Exception {
    Reply reply = answered("{\"statusCode\":200,\"foo\":1,\"body\":\"x\"}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo("x");
  }
}
