package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.gateway.spi.FunctionInvoker.Invocation;
import dev.gatehouse.gateway.spi.FunctionInvoker.Result;
import dev.gatehouse.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The gateway's side of functions: the event that goes out, and the answer made of what comes. */
class LambdaProxyTest {
  private static final String ARN = "arn:aws:lambda:us-east-1:123456789012:function:f";
  private static final String INTERNAL = "{\"message\":\"Internal Server Error\"}";
  private final BlockingQueue<Invocation> invocations = new LinkedBlockingQueue<>();

  private FunctionInvoker returning(String payload) {
    return answering(
        invocation -> new FunctionInvoker.Returned(payload.getBytes(StandardCharsets.UTF_8)));
  }

  private FunctionInvoker answering(Function<Invocation, Result> function) {
    return invocation -> {
      invocations.add(invocation);
      return CompletableFuture.completedFuture(function.apply(invocation));
    };
  }

  private JsonNode event() throws InterruptedException {
    return Json.mapper().readTree(invocations.take().payload());
  }

  private String get(String version, String payload) throws Exception {
    try (RunningGateway gateway =
        RunningGateway.serving(
            new Definitions().function("GET /x", ARN, version, 30_000), returning(payload))) {
      return gateway.exchange("GET /x");
    }
  }

  @Test
  void event2HasTheRecordedMembersAndNoOthers() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.serving(
            new Definitions()
                .stage("dev")
                .variable("v", "1")
                .function("GET /p/{n}", ARN, "2.0", 30_000),
            returning("{}"))) {
      String answer =
          gateway.exchange(
              "GET /dev/p/%E2%98%95%20C?repeat=one&repeat=two&lit=a+b&enc=a%2Bb&empty=",
              "X-Probe: first",
              "X-Probe: second",
              "Cookie: session=abc123; theme=dark",
              "User-Agent: probe/1");
      JsonNode event = event();
      assertThat(event.propertyNames())
          .containsExactly(
              "version",
              "routeKey",
              "rawPath",
              "rawQueryString",
              "cookies",
              "headers",
              "queryStringParameters",
              "requestContext",
              "pathParameters",
              "isBase64Encoded",
              "stageVariables");
      assertThat(event.at("/routeKey").asString()).isEqualTo("GET /p/{n}");
      assertThat(event.at("/rawPath").asString()).isEqualTo("/dev/p/☕ C");
      assertThat(event.at("/rawQueryString").asString())
          .isEqualTo("repeat=one&repeat=two&lit=a+b&enc=a%2Bb&empty=");
      assertThat(event.at("/queryStringParameters").toString())
          .isEqualTo("{\"repeat\":\"one,two\",\"lit\":\"a b\",\"enc\":\"a+b\",\"empty\":\"\"}");
      assertThat(event.at("/cookies").toString()).isEqualTo("[\"session=abc123\",\"theme=dark\"]");
      assertThat(event.at("/headers/x-probe").asString()).isEqualTo("first,second");
      assertThat(event.at("/headers").has("cookie")).isFalse();
      assertThat(event.at("/headers/content-length").asString()).isEqualTo("0");
      assertThat(event.at("/headers/x-forwarded-port").asString()).isEqualTo("443");
      assertThat(event.at("/headers/x-forwarded-proto").asString()).isEqualTo("https");
      assertThat(event.at("/headers/x-amzn-trace-id").asString())
          .matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24}");
      assertThat(event.at("/pathParameters").toString()).isEqualTo("{\"n\":\"☕ C\"}");
      assertThat(event.at("/stageVariables/v").asString()).isEqualTo("1");
      assertThat(event.at("/requestContext/accountId").asString()).isEqualTo("123456789012");
      assertThat(event.at("/requestContext/domainName").asString()).isEqualTo(RunningGateway.HOST);
      assertThat(event.at("/requestContext/domainPrefix").asString()).isEqualTo(Definitions.API_ID);
      assertThat(event.at("/requestContext/stage").asString()).isEqualTo("dev");
      assertThat(event.at("/requestContext/http/path").asString()).isEqualTo("/dev/p/☕ C");
      assertThat(event.at("/requestContext/http/userAgent").asString()).isEqualTo("probe/1");
      assertThat(event.at("/requestContext/time").asString())
          .matches("\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000");
      String requestId = event.at("/requestContext/requestId").asString();
      assertThat(requestId).matches("[A-Za-z0-9_-]{15}=");
      assertThat(answer).contains("Apigw-Requestid: " + requestId);
    }
  }

  @Test
  void theFunctionsPolicySeesTheRouteTemplate() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.serving(
            new Definitions().stage("prod").function("GET /pets/{id}", ARN, "2.0", 30_000),
            returning("{}"))) {
      gateway.exchange("GET /prod/pets/7");
      Invocation invocation = invocations.take();
      assertThat(invocation.functionArn()).isEqualTo(ARN);
      assertThat(invocation.sourceArn())
          .isEqualTo("arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets/{id}");
      assertThat(invocation.sourceAccount()).isEqualTo("123456789012");
    }
  }

  @Test
  void bodiesAreTextForAFixedListOfTypes() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.serving(
            new Definitions().function("$default", ARN, "2.0", 30_000), returning("{}"))) {
      assertThat(body(gateway, "{\"x\":1}", "application/json")).isEqualTo("{\"x\":1} false");
      assertThat(body(gateway, "a=1", "application/x-www-form-urlencoded")).isEqualTo("YT0x true");
      assertThat(body(gateway, "\1\2\3\4\5", "application/octet-stream"))
          .isEqualTo("AQIDBAU= true");
      assertThat(body(gateway, "hi", null)).isEqualTo("aGk= true");
      assertThat(body(gateway, "\u00ce\u00bb", "text/plain; charset=utf-8")).isEqualTo("λ false");
      assertThat(body(gateway, "\u00ff", "text/plain")).isEqualTo("/w== true");
    }
  }

  private String body(RunningGateway gateway, String body, String type) throws Exception {
    String head = "POST /x HTTP/1.1\r\nHost: " + RunningGateway.HOST + "\r\nConnection: close\r\n";
    String content = type == null ? "" : "Content-Type: " + type + "\r\n";
    gateway.raw(head + content + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    JsonNode event = event();
    assertThat(event.at("/headers/content-length").asString()).isEqualTo("" + body.length());
    return event.at("/body").asString() + " " + event.at("/isBase64Encoded").asBoolean();
  }

  @Test
  void event1HasNullsAndBothKindsOfMaps() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.serving(
            new Definitions().function("POST /u/{userId}/o", ARN, "1.0", 30_000),
            returning("{\"statusCode\":200}"))) {
      gateway.exchange("POST /u/a%20b/o?tag=important&tag=urgent", "x-custom-Header: v");
      JsonNode event = event();
      assertThat(event.at("/version").asString()).isEqualTo("1.0");
      assertThat(event.at("/resource").asString()).isEqualTo("/u/{userId}/o");
      assertThat(event.at("/path").asString()).isEqualTo("/u/a%20b/o");
      assertThat(event.at("/requestContext/path").asString()).isEqualTo("/u/a b/o");
      assertThat(event.at("/requestContext/resourceId").asString()).isEqualTo("POST /u/{userId}/o");
      assertThat(event.at("/queryStringParameters/tag").asString()).isEqualTo("urgent");
      assertThat(event.at("/multiValueQueryStringParameters/tag").toString())
          .isEqualTo("[\"important\",\"urgent\"]");
      assertThat(event.at("/headers/Host").asString()).isEqualTo(RunningGateway.HOST);
      assertThat(event.at("/headers/x-custom-Header").asString()).isEqualTo("v");
      assertThat(event.at("/body").isNull()).isTrue();
      assertThat(event.at("/stageVariables").isNull()).isTrue();
      assertThat(event.at("/requestContext/extendedRequestId"))
          .isEqualTo(event.at("/requestContext/requestId"));
    }
  }

  @Test
  void payloadsWithoutAStatusAreBodiesIn2() throws Exception {
    assertThat(get("2.0", "\"Hello\""))
        .contains("200 OK")
        .contains("Content-Type: application/json")
        .endsWith("\r\n\r\nHello");
    assertThat(get("2.0", "{\"name\": \"J\"}")).endsWith("{\"name\": \"J\"}");
    assertThat(get("2.0", "42")).endsWith("\r\n\r\n42");
    assertThat(get("2.0", "[1, 2]")).endsWith("\r\n\r\n[1, 2]");
    assertThat(get("2.0", "\"\"")).containsIgnoringCase("content-length: 0");
    assertThat(get("2.0", "{\"name\": \"J\", \"age\":")).contains("200 OK").endsWith("\"age\":");
    assertThat(get("2.0", "{\"body\":\"x\"}")).endsWith("{\"body\":\"x\"}");
    assertThat(get("2.0", "null")).endsWith("\r\n\r\nnull");
  }

  @Test
  void structuredAnswersSetStatusHeadersAndCookies() throws Exception {
    assertThat(get("2.0", "{\"statusCode\":201,\"foo\":1,\"body\":\"x\"}"))
        .startsWith("HTTP/1.1 201 Created")
        .contains("Content-Type: text/plain; charset=utf-8")
        .endsWith("\r\n\r\nx");
    assertThat(get("2.0", "{\"statusCode\":200,\"headers\":{\"myheader\":\"a,b\"},\"body\":\"x\"}"))
        .contains("\r\nMyheader: a,b\r\n");
    String cookies =
        get(
            "2.0",
            "{\"statusCode\":200,\"cookies\":[\"a=1\",\"b=2; Path=/\"],"
                + "\"headers\":{\"set-cookie\":\"c=3\"},\"body\":\"\"}");
    assertThat(cookies)
        .containsSubsequence(
            "Set-Cookie: a=1\r\n", "Set-Cookie: b=2; Path=/\r\n", "Set-Cookie: c=3");
    assertThat(
            get(
                "2.0",
                "{\"statusCode\":200,\"isBase64Encoded\":true,\"body\":\"AQID\","
                    + "\"headers\":{\"content-type\":\"image/png\"}}"))
        .contains("Content-Type: image/png")
        .containsIgnoringCase("content-length: 3")
        .endsWith("\1\2\3");
    assertThat(
            get(
                "1.0",
                "{\"statusCode\":200,\"headers\":{\"C\":\"s\"},"
                    + "\"multiValueHeaders\":{\"C\":[\"m1\",\"m2\"]},\"body\":\"x\"}"))
        .containsSubsequence("\r\nC: s\r\n", "C: m1\r\n", "C: m2\r\n");
  }

  @Test
  void malformedAnswersAre500() throws Exception {
    for (String payload :
        new String[] {
          "{\"statusCode\":0,\"body\":\"x\"}",
          "{\"statusCode\":200.5,\"body\":\"x\"}",
          "{\"statusCode\":99}",
          "{\"statusCode\":600}",
          "{\"statusCode\":true}",
          "{\"statusCode\":200,\"body\":{}}",
          "{\"statusCode\":200,\"headers\":{\"a\":[1]}}",
          "{\"statusCode\":200,\"headers\":{\"a\":\"x\\r\\nb: y\"}}",
          "{\"statusCode\":200,\"isBase64Encoded\":true,\"body\":\"?\"}"
        }) {
      assertThat(get("2.0", payload)).as(payload).startsWith("HTTP/1.1 500").endsWith(INTERNAL);
    }
    assertThat(get("1.0", "{\"body\":\"x\"}")).endsWith(INTERNAL);
    assertThat(get("1.0", "plain")).endsWith(INTERNAL);
  }

  @Test
  void failuresAreToldAsTheSpecificationSays() throws Exception {
    assertThat(failure(new FunctionInvoker.Failed("{}".getBytes(StandardCharsets.UTF_8))))
        .endsWith(INTERNAL);
    assertThat(failure(new FunctionInvoker.Denied())).endsWith(INTERNAL);
    assertThat(failure(new FunctionInvoker.Missing())).endsWith(INTERNAL);
    assertThat(failure(new FunctionInvoker.Throttled())).startsWith("HTTP/1.1 503");
    assertThat(failure(new FunctionInvoker.TooLarge())).startsWith("HTTP/1.1 413");
  }

  private String failure(Result result) throws Exception {
    try (RunningGateway gateway =
        RunningGateway.serving(
            new Definitions().function("GET /x", ARN, "2.0", 30_000),
            answering(invocation -> result))) {
      return gateway.exchange("GET /x");
    }
  }

  @Test
  void aFunctionThatDoesNotAnswerIs503AtTheTimeout() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.serving(
            new Definitions().function("GET /x", ARN, "2.0", 150),
            invocation -> new CompletableFuture<>())) {
      assertThat(gateway.exchange("GET /x"))
          .startsWith("HTTP/1.1 503")
          .endsWith("{\"message\":\"Service Unavailable\"}");
    }
  }

  @Test
  void anEventOverSixMegabytesIs413() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.serving(
            new Definitions().function("POST /x", ARN, "2.0", 30_000), returning("{}"))) {
      String head =
          "POST /x HTTP/1.1\r\nHost: "
              + RunningGateway.HOST
              + "\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ";
      assertThat(gateway.raw(head + 7_000_000 + "\r\n\r\n" + "1".repeat(7_000_000)))
          .startsWith("HTTP/1.1 413")
          .endsWith("{\"message\":\"Request Entity Too Large\"}");
      assertThat(gateway.raw(head + 5_000_000 + "\r\n\r\n" + "1".repeat(5_000_000)))
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void anEmptyCookieIsNone() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.serving(
            new Definitions().function("GET /x", ARN, "2.0", 30_000), returning("{}"))) {
      gateway.exchange("GET /x", "Cookie: ");
      JsonNode event = event();
      assertThat(event.has("cookies")).isFalse();
      assertThat(event.at("/headers").has("cookie")).isFalse();
      gateway.exchange("GET /x", "Cookie: a=1; ; b=2;");
      assertThat(event().at("/cookies").toString()).isEqualTo("[\"a=1\",\"b=2\"]");
    }
  }

  @Test
  void linesOfBase64AreOneBody() throws Exception {
    for (String version : new String[] {"1.0", "2.0"}) {
      assertThat(
              get(
                  version,
                  "{\"statusCode\":200,\"isBase64Encoded\":true,\"body\":\"aGVs\\r\\nbG8=\\n\"}"))
          .startsWith("HTTP/1.1 200 OK")
          .endsWith("\r\n\r\nhello");
    }
  }

  @Test
  void notModifiedTellsNoLength() throws Exception {
    assertThat(get("2.0", "{\"statusCode\":304,\"headers\":{\"etag\":\"1\"},\"body\":\"x\"}"))
        .startsWith("HTTP/1.1 304 Not Modified")
        .contains("Etag: 1\r\n")
        .doesNotContainIgnoringCase("content-length")
        .endsWith("\r\n\r\n");
  }
}
