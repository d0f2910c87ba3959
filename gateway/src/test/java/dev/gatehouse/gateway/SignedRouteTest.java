package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.gateway.spi.FunctionInvoker.Invocation;
import dev.gatehouse.gateway.spi.FunctionInvoker.Returned;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.sigv4.Sha256;
import dev.gatehouse.wire.sigv4.Signer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Routes with AWS_IAM: who gets through, with what, and what nobody but them gets to. */
class SignedRouteTest {
  private static final String ECHO = "arn:aws:lambda:us-east-1:123456789012:function:echo";
  private static final String OWNER = "123456789012";
  private static final String FORBIDDEN = "{\"message\":\"Forbidden\"}";

  private final BlockingQueue<Invocation> invoked = new LinkedBlockingQueue<>();

  private final FunctionInvoker echo =
      invocation -> {
        invoked.add(invocation);
        return CompletableFuture.completedFuture(new Returned(invocation.payload()));
      };

  /** What is signed, in the end by key {@code OWNER} where a test names no other. */
  private record Draft(
      String method, String target, String key, String secret, String region, Duration ago) {
    static Draft of(String method, String target) {
      return new Draft(method, target, OWNER, "test", "us-east-1", Duration.ZERO);
    }

    Draft by(String otherKey, String otherSecret) {
      return new Draft(method, target, otherKey, otherSecret, region, ago);
    }

    Draft in(String otherRegion) {
      return new Draft(method, target, key, secret, otherRegion, ago);
    }

    Draft ago(Duration before) {
      return new Draft(method, target, key, secret, region, before);
    }

    /** The header lines of the signed request. */
    String[] lines(String hash) {
      return lines("execute-api", hash);
    }

    String[] lines(String service, String hash) {
      HttpCall plain =
          new HttpCall(
              method,
              target,
              Headers.of("Host", RunningGateway.HOST),
              InputStream.nullInputStream(),
              0,
              new InetSocketAddress("127.0.0.1", 1),
              false);
      Headers signed =
          new Signer(key, secret).sign(plain, region, service, hash, Instant.now().minus(ago));
      List<String> lines = new ArrayList<>();
      for (Headers.Header line : signed.lines()) {
        if (!line.name().equals("Host")) {
          lines.add(line.name() + ": " + line.value());
        }
      }
      return lines.toArray(String[]::new);
    }
  }

  private static String hash(String body) {
    return Sha256.hex(body.getBytes(StandardCharsets.UTF_8));
  }

  private RunningGateway gateway(String... keys) throws IOException {
    Definitions api = new Definitions().signed();
    for (String key : keys) {
      api.function(key, ECHO, "2.0", 5_000);
    }
    return RunningGateway.serving(api, echo);
  }

  private static void assertForbidden(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 403 ").endsWith(FORBIDDEN);
  }

  private static JsonNode event(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 200 ");
    return Json.mapper().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
  }

  private static String post(String[] lines, String body) {
    return "POST /x HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Type: text/plain\r\n%s\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(RunningGateway.HOST, String.join("\r\n", lines), body.length(), body);
  }

  @Test
  void whoSignedIsToldToTheFunction() throws Exception {
    try (RunningGateway gateway = gateway("GET /x")) {
      Draft draft = Draft.of("GET", "/x?b=2&a=1");
      JsonNode event = event(gateway.exchange("GET /x?b=2&a=1", draft.lines(Sha256.EMPTY)));
      assertThat(event.at("/requestContext/authorizer"))
          .isEqualTo(
              Json.mapper()
                  .readTree(
                      """
                      {"iam":{"accessKey":"123456789012","accountId":"123456789012",
                       "callerId":"123456789012","cognitoIdentity":null,"principalOrgId":null,
                       "userArn":"arn:aws:iam::123456789012:root","userId":"123456789012"}}\
                      """));
      assertThat(event.at("/headers/authorization").asString()).startsWith("AWS4-HMAC-SHA256 ");
    }
  }

  @Test
  void formatOneTellsItInTheIdentity() throws Exception {
    Definitions api = new Definitions().signed().function("GET /x", ECHO, "1.0", 5_000);
    try (RunningGateway gateway = RunningGateway.serving(api, echo)) {
      String[] lines = Draft.of("GET", "/x").lines(Sha256.EMPTY);
      gateway.exchange("GET /x", lines);
      JsonNode context = Json.mapper().readTree(invoked.take().payload()).path("requestContext");
      assertThat(context.path("authorizer").isNull()).isTrue();
      JsonNode identity = context.path("identity");
      assertThat(identity.path("caller").asString()).isEqualTo(OWNER);
      assertThat(identity.path("user").asString()).isEqualTo(OWNER);
      assertThat(identity.path("accessKey").asString()).isEqualTo(OWNER);
      assertThat(identity.path("accountId").asString()).isEqualTo(OWNER);
      assertThat(identity.path("userArn").asString()).isEqualTo("arn:aws:iam::123456789012:root");
      assertThat(identity.path("cognitoIdentityId").isNull()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Authorization: Bearer x", "Authorization: AWS4-HMAC-SHA256 x"})
  void whoDidNotSignIsForbidden(String header) throws Exception {
    try (RunningGateway gateway = gateway("GET /x")) {
      assertForbidden(
          header.isEmpty() ? gateway.exchange("GET /x") : gateway.exchange("GET /x", header));
      assertThat(invoked).isEmpty();
    }
  }

  @Test
  void whatIsSignedForElsewhereIsForbidden() throws Exception {
    try (RunningGateway gateway = gateway("ANY /x")) {
      Draft draft = Draft.of("GET", "/x");
      assertForbidden(gateway.exchange("GET /x", draft.lines("apigateway", Sha256.EMPTY)));
      assertForbidden(gateway.exchange("GET /x", draft.in("eu-west-1").lines(Sha256.EMPTY)));
      assertForbidden(gateway.exchange("PUT /x", draft.lines(Sha256.EMPTY)));
      assertForbidden(gateway.exchange("GET /x?a", draft.lines(Sha256.EMPTY)));
      assertForbidden(gateway.exchange("GET /x", draft.by(OWNER, "guess").lines(Sha256.EMPTY)));
      assertForbidden(gateway.exchange("GET /x", draft.by("AKIANOBODY", "x").lines(Sha256.EMPTY)));
      assertThat(invoked).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"PT4M, 200", "PT-4M, 200", "PT6M, 403", "PT-6M, 403"})
  void clocksMayBeFiveMinutesApart(Duration ago, int status) throws Exception {
    try (RunningGateway gateway = gateway("GET /x")) {
      String[] lines = Draft.of("GET", "/x").ago(ago).lines(Sha256.EMPTY);
      assertThat(gateway.exchange("GET /x", lines)).startsWith("HTTP/1.1 " + status + " ");
    }
  }

  @Test
  void policiesDecideWhoMayDoWhat() throws Exception {
    try (RunningGateway gateway = gateway("ANY /open/{id}", "GET /shut")) {
      Draft open = Draft.of("GET", "/open/1").by("AKIALIMITED", "secret");
      JsonNode event = event(gateway.exchange("GET /open/1", open.lines(Sha256.EMPTY)));
      assertThat(event.at("/requestContext/authorizer/iam/userArn").asString())
          .isEqualTo("arn:aws:iam::123456789012:user/limited");
      assertThat(event.at("/requestContext/authorizer/iam/userId").asString()).startsWith("AIDA");
      Draft shut = Draft.of("GET", "/shut").by("AKIALIMITED", "secret");
      assertForbidden(gateway.exchange("GET /shut", shut.lines(Sha256.EMPTY)));
      Draft put = Draft.of("DELETE", "/open/1").by("AKIALIMITED", "secret");
      assertForbidden(gateway.exchange("DELETE /open/1", put.lines(Sha256.EMPTY)));
      Draft stranger = Draft.of("GET", "/open/1").by("999999999999", "test");
      assertForbidden(gateway.exchange("GET /open/1", stranger.lines(Sha256.EMPTY)));
    }
  }

  @Test
  void theSignatureCoversTheBody() throws Exception {
    try (RunningGateway gateway = gateway("POST /x")) {
      String body = "some body ".repeat(20_000);
      String[] lines = Draft.of("POST", "/x").lines(hash(body));
      assertThat(event(gateway.raw(post(lines, body))).path("body").asString()).isEqualTo(body);
      assertThat(invoked.poll()).isNotNull();
      String changed = body.replaceFirst("body $", "Body ");
      assertForbidden(gateway.raw(post(lines, changed)));
      assertThat(invoked).isEmpty();
    }
  }

  @Test
  void aBodyInChunksIsCoveredToo() throws Exception {
    try (RunningGateway gateway = gateway("POST /x")) {
      String[] lines = Draft.of("POST", "/x").lines(hash("hello"));
      String head =
          "POST /x HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
              .formatted(RunningGateway.HOST, String.join("\r\n", lines));
      String body = "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n";
      assertThat(event(gateway.raw(head + body)).path("body").asString()).isEqualTo("hello");
      invoked.clear();
      assertForbidden(gateway.raw(head + body.replace("llo", "LLO")));
      assertThat(invoked).isEmpty();
    }
  }

  @Test
  void whatIsNotSignedOfTheBodyIsForbidden() throws Exception {
    try (RunningGateway gateway = gateway("POST /x")) {
      assertForbidden(
          gateway.raw(post(Draft.of("POST", "/x").lines("UNSIGNED-PAYLOAD"), "anything")));
    }
  }

  @Test
  void aBackendSeesNothingOfABodyThatNobodySigned() throws Exception {
    try (Backends backend = Backends.answering("done")) {
      Definitions api = new Definitions().signed().http("POST /x", backend.url());
      try (RunningGateway gateway = RunningGateway.serving(api)) {
        String body = "x".repeat(300_000);
        String[] lines = Draft.of("POST", "/x").lines(hash(body));
        assertForbidden(gateway.raw(post(lines, body.replaceFirst("x", "y"))));
        assertThat(gateway.raw(post(lines, body))).endsWith("done");
        assertThat(backend.nextHead()).contains("POST /").contains("300000");
        assertThat(backend.isIdle()).isTrue();
      }
    }
  }

  @Test
  void bodiesThatAreHeldGiveTheirBytesBack() throws Exception {
    try (RunningGateway gateway = gateway("POST /x")) {
      String head = "POST /x HTTP/1.1\r\nHost: " + RunningGateway.HOST;
      String rest =
          "\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n%s\r\n0\r\n\r\n";
      for (int i = 0; i < 30; i++) { // each is granted 10 MB of 64 MiB
        String[] lines = Draft.of("POST", "/x").lines(hash("he"));
        String signed = head + "\r\n" + String.join("\r\n", lines);
        assertThat(gateway.raw(signed + rest.formatted(i % 2 == 0 ? "he" : "eh")))
            .startsWith(i % 2 == 0 ? "HTTP/1.1 200 " : "HTTP/1.1 403 ");
      }
    }
  }

  @Test
  void mappingsSeeWhoSigned() throws Exception {
    try (Backends backend = Backends.answering("done")) {
      Definitions api =
          new Definitions()
              .signed()
              .http(
                  "GET /x",
                  backend.url(),
                  "ANY",
                  5_000,
                  Map.of(
                      "append:header.who", "$context.identity.userArn",
                      "append:header.of", "$context.identity.accountId"),
                  Map.of());
      try (RunningGateway gateway = RunningGateway.serving(api)) {
        gateway.exchange("GET /x", Draft.of("GET", "/x").lines(Sha256.EMPTY));
        assertThat(backend.nextHead())
            .contains("who: arn:aws:iam::123456789012:root")
            .contains("of: 123456789012");
      }
    }
  }

  @Test
  void anArnBeyondTheLimitIs414() throws Exception {
    String api = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/$default/GET";
    String path = "/" + "x".repeat(1_600 - api.length() - 1);
    try (RunningGateway gateway =
        RunningGateway.serving(
            new Definitions().signed().function("$default", ECHO, "2.0", 30_000), echo)) {
      assertThat(gateway.exchange("GET " + path)).startsWith("HTTP/1.1 403");
      assertThat(gateway.exchange("GET " + path + "x"))
          .startsWith("HTTP/1.1 414")
          .endsWith("{\"message\":\"Request URI Too Long\"}");
    }
  }
}
