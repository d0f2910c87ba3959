package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.ProbeFunction;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.Vector;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The event of payload 2.0, as a function that returns its event shows it. */
class LambdaEventIT {

  /** What a test asks of an API whose function echoes. */
  private interface Questions {
    void ask(HttpApi api) throws Exception;
  }

  private static void withEcho(String key, Questions questions) throws Exception {
    withEcho(key, "$default", questions);
  }

  private static void withEcho(String key, String stage, Questions questions) throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        api.routes(api.function(ProbeFunction.arn(gw)), key);
        questions.ask(api.serve(stage));
      }
    });
  }

  private static JsonNode event(Reply reply) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    return reply.json();
  }

  @Test
  @Vector("H17")
  void aNamedStageShowsInThePaths() throws Exception {
    withEcho(
        "GET /x",
        "dev",
        api -> {
          JsonNode event = event(api.get("/dev/x"));
          assertThat(event.path("rawPath").asString()).isEqualTo("/dev/x");
          assertThat(event.at("/requestContext/http/path").asString()).isEqualTo("/dev/x");
          assertThat(event.at("/requestContext/stage").asString()).isEqualTo("dev");
          assertThat(event.path("routeKey").asString()).isEqualTo("GET /x");
        });
  }

  @Test
  @Vector("H19")
  void theCatchAllOnTheDefaultStage() throws Exception {
    withEcho(
        "$default",
        api -> {
          JsonNode event = event(api.get("/x"));
          assertThat(event.path("rawPath").asString()).isEqualTo("/x");
          assertThat(event.at("/requestContext/stage").asString()).isEqualTo("$default");
          assertThat(event.path("routeKey").asString()).isEqualTo("$default");
          assertThat(event.has("pathParameters")).isFalse();
        });
  }

  @Test
  @Vector({"H20", "H21"})
  void queriesComeRawAndDecoded() throws Exception {
    withEcho(
        "$default",
        api -> {
          JsonNode event = event(api.get("/capture/space%20value?repeat=one&repeat=two"));
          assertThat(event.path("rawPath").asString()).isEqualTo("/capture/space value");
          assertThat(event.path("rawQueryString").asString()).isEqualTo("repeat=one&repeat=two");
          assertThat(event.at("/queryStringParameters/repeat").asString()).isEqualTo("one,two");

          String query = "literalPlus=a+b&encodedPlus=a%2Bb&empty=";
          JsonNode other = event(api.get("/a?" + query));
          assertThat(other.path("rawQueryString").asString()).isEqualTo(query);
          assertThat(other.path("queryStringParameters"))
              .isEqualTo(
                  Reply.parse("{\"literalPlus\":\"a b\",\"encodedPlus\":\"a+b\",\"empty\":\"\"}"));
        });
  }

  @Test
  @Vector({"H22", "H31"})
  void whatIsAbsentIsLeftOut() throws Exception {
    withEcho(
        "$default",
        api -> {
          JsonNode event = event(api.get("/a"));
          assertThat(event.propertyNames())
              .containsExactlyInAnyOrder(
                  "version",
                  "routeKey",
                  "rawPath",
                  "rawQueryString",
                  "headers",
                  "requestContext",
                  "isBase64Encoded");
          assertThat(event.path("rawQueryString").asString("none")).isEmpty();
          assertThat(event.path("version").asString()).isEqualTo("2.0");
          assertThat(event.at("/requestContext/http/userAgent").asString("none")).isEmpty();
        });
  }

  @Test
  @Vector({"H23", "H24"})
  void headersAreJoinedAndCookiesApart() throws Exception {
    withEcho(
        "$default",
        api -> {
          JsonNode event =
              event(
                  api.get(
                      "/a",
                      "X-Probe: first",
                      "X-Probe: second",
                      "Cookie: session=abc123; theme=dark"));
          assertThat(event.at("/headers/x-probe").asString()).isEqualTo("first,second");
          assertThat(event.path("cookies"))
              .isEqualTo(Reply.parse("[\"session=abc123\",\"theme=dark\"]"));
          assertThat(event.path("headers").has("cookie")).isFalse();
        });
  }

  @Test
  @Vector({"H25", "H26", "H28", "H29"})
  void theContentTypeDecidesHowABodyComes() throws Exception {
    withEcho(
        "$default",
        api -> {
          assertBody(api, "{\"x\":1}", "application/json", "{\"x\":1}", false);
          assertBody(api, "a=1", "application/x-www-form-urlencoded", "YT0x", true);
          assertBody(api, "hi", "", "aGk=", true);
          assertBody(api, "λ", "text/plain; charset=utf-8", "λ", false);
        });
  }

  private static void assertBody(
      HttpApi api, String sent, String type, String received, boolean base64) throws Exception {
    String header = type.isEmpty() ? "X-No-Type: 1" : "Content-Type: " + type;
    JsonNode event = event(api.send("POST", "/a", sent, header));
    assertThat(event.path("body").asString()).as(type).isEqualTo(received);
    assertThat(event.path("isBase64Encoded").asBoolean(!base64)).as(type).isEqualTo(base64);
  }

  @Test
  @Vector("H27")
  void bytesComeAsBase64() throws Exception {
    withEcho(
        "$default",
        api -> {
          byte[] bytes = {1, 2, 3, 4, 5};
          JsonNode event =
              event(api.send("POST", "/a", bytes, "Content-Type: application/octet-stream"));
          assertThat(event.path("body").asString()).isEqualTo("AQIDBAU=");
          assertThat(event.path("isBase64Encoded").asBoolean(false)).isTrue();
          assertThat(event.at("/headers/content-length").asString()).isEqualTo("5");
        });
  }

  @Test
  @Vector({"H30", "H112"})
  void pathsAreDecoded() throws Exception {
    withEcho(
        "GET /p/{n}/r/{t}",
        api -> {
          JsonNode event = event(api.get("/p/%E2%98%95%20Coffee/r/x"));
          assertThat(event.path("pathParameters"))
              .isEqualTo(Reply.parse("{\"n\":\"☕ Coffee\",\"t\":\"x\"}"));
          assertThat(event.path("rawPath").asString()).isEqualTo("/p/☕ Coffee/r/x");
        });
    withEcho(
        "ANY /RSC/{proxy+}",
        api -> {
          JsonNode event = event(api.send("POST", "/RSC/%40id%2Fassets%2Fr.js%23s.txt", ""));
          assertThat(event.path("rawPath").asString()).isEqualTo("/RSC/@id/assets/r.js#s.txt");
          assertThat(event.at("/pathParameters/proxy").asString())
              .isEqualTo("@id/assets/r.js#s.txt");
        });
  }

  @Test
  @Vector({"H32", "H33"})
  void whatTheGatewayAdds() throws Exception {
    withEcho(
        "$default",
        api -> {
          Instant before = Instant.now().minusSeconds(1);
          Reply reply = api.get("/a", "User-Agent: test/1");
          JsonNode event = event(reply);
          JsonNode context = event.path("requestContext");
          String id = context.path("requestId").asString();
          assertThat(id).matches("[A-Za-z0-9_-]{15}=");
          assertThat(reply.header("apigw-requestid")).contains(id);

          JsonNode headers = event.path("headers");
          assertThat(headers.path("x-forwarded-for").asString()).isEqualTo("127.0.0.1");
          assertThat(headers.path("x-forwarded-port").asString()).isEqualTo("443");
          assertThat(headers.path("x-forwarded-proto").asString()).isEqualTo("https");
          assertThat(headers.path("x-amzn-trace-id").asString())
              .matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24}");
          assertThat(headers.path("host").asString()).isEqualTo(api.host());
          assertThat(headers.path("content-length").asString()).isEqualTo("0");

          assertThat(context.at("/http/sourceIp").asString()).isEqualTo("127.0.0.1");
          assertThat(context.at("/http/protocol").asString()).isEqualTo("HTTP/1.1");
          assertThat(context.at("/http/userAgent").asString()).isEqualTo("test/1");
          assertThat(context.at("/http/method").asString()).isEqualTo("GET");
          assertThat(context.path("apiId").asString()).isEqualTo(api.id());
          assertThat(context.path("accountId").asString()).matches("\\d{12}");
          assertThat(context.path("domainPrefix").asString()).isEqualTo(api.id());
          assertThat(context.path("domainName").asString()).isEqualTo(api.host());
          assertThat(context.path("timeEpoch").asLong())
              .isBetween(before.toEpochMilli(), Instant.now().plusSeconds(1).toEpochMilli());
          assertThat(context.path("time").asString())
              .matches("\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000");
          assertThat(context.has("authorizer")).isFalse();
        });
  }

  @Test
  void aStageVariableComesToTheFunction() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        api.routes(api.function(ProbeFunction.arn(gw)), "$default");
        api.serve();
        String json = "{\"stageVariables\":{\"env\":\"prod\"}}";
        assertThat(gw.control().patch(api.path("/stages/$default"), json).status()).isEqualTo(200);
        assertThat(event(api.get("/a")).path("stageVariables"))
            .isEqualTo(Reply.parse("{\"env\":\"prod\"}"));
      }
    });
  }

  @Test
  void aLargeBodyArrivesWhole() throws Exception {
    withEcho(
        "$default",
        api -> {
          String text = "0123456789".repeat(200_000);
          JsonNode event = event(api.send("POST", "/a", text, "Content-Type: text/plain"));
          assertThat(event.path("body").asString().getBytes(StandardCharsets.UTF_8))
              .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        });
  }
}
