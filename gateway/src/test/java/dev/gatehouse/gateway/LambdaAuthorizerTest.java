package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.gateway.spi.FunctionInvoker.Failed;
import dev.gatehouse.gateway.spi.FunctionInvoker.Invocation;
import dev.gatehouse.gateway.spi.FunctionInvoker.Result;
import dev.gatehouse.gateway.spi.FunctionInvoker.Returned;
import dev.gatehouse.model.Cors;
import dev.gatehouse.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Routes that a function guards: who gets through, with what, and how often it is asked. */
class LambdaAuthorizerTest {
  private static final String GUARD = "arn:aws:lambda:us-east-1:123456789012:function:guard";
  private static final String ECHO = "arn:aws:lambda:us-east-1:123456789012:function:echo";
  private static final String SOURCE = "$request.header.Authorization";
  private static final String INTERNAL = "{\"message\":\"Internal Server Error\"}";
  private static final String FORBIDDEN = "{\"message\":\"Forbidden\"}";
  private static final String ALLOW = "{\"isAuthorized\":true}";

  /** What the guard was asked. */
  private final BlockingQueue<Invocation> asked = new LinkedBlockingQueue<>();

  private static Result returned(String json) {
    return new Returned(json.getBytes(StandardCharsets.UTF_8));
  }

  /** The guard answers that; every other function returns its event. */
  private FunctionInvoker guard(Result answer) {
    return guard(CompletableFuture.completedFuture(answer));
  }

  private FunctionInvoker guard(CompletionStage<Result> answer) {
    return invocation -> {
      if (!invocation.functionArn().equals(GUARD)) {
        return CompletableFuture.completedFuture(new Returned(invocation.payload()));
      }
      asked.add(invocation);
      return answer;
    };
  }

  private static Definitions simple(int ttl) {
    return new Definitions().authorizer("auth01", GUARD, "2.0", true, ttl, SOURCE);
  }

  private static Definitions policies(String version, int ttl) {
    return new Definitions().authorizer("auth01", GUARD, version, false, ttl, SOURCE);
  }

  private static String policy(String effect, String resource, String more) {
    return """
    {"principalId":"user-1","policyDocument":{"Version":"2012-10-17","Statement":[
      {"Effect":"%s","Action":"execute-api:Invoke","Resource":"%s"}]}%s}\
    """
        .formatted(effect, resource, more);
  }

  private static String arn(String stage, String rest) {
    return "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/" + stage + "/" + rest;
  }

  private static JsonNode body(String answer) {
    return Json.mapper().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
  }

  private String get(Definitions api, Result answer) throws Exception {
    try (RunningGateway gateway = RunningGateway.serving(api, guard(answer))) {
      return gateway.exchange("GET /x", "Authorization: t");
    }
  }

  @Test
  void aMissingOrEmptySourceIs401AndNobodyIsAsked() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.serving(
            new Definitions()
                .authorizer("a", GUARD, "2.0", true, 0, SOURCE, "$request.querystring.k")
                .function("GET /x", ECHO, "2.0", 30_000),
            guard(returned(ALLOW)))) {
      for (String request : List.of("GET /x?k=1", "GET /x?k=")) {
        assertThat(gateway.exchange(request))
            .startsWith("HTTP/1.1 401")
            .endsWith("\r\n\r\n{\"message\":\"Unauthorized\"}")
            .doesNotContainIgnoringCase("www-authenticate");
      }
      assertThat(gateway.exchange("GET /x?k=", "Authorization: t")).startsWith("HTTP/1.1 401");
      assertThat(asked).isEmpty();
      assertThat(gateway.exchange("GET /x?k=1", "Authorization: t")).startsWith("HTTP/1.1 200");
      assertThat(asked).hasSize(1);
    }
  }

  @Test
  void simpleRepliesDecideAndTheirContextComesTyped() throws Exception {
    Definitions api = simple(0).function("GET /x", ECHO, "2.0", 30_000);
    assertThat(get(api, returned("{\"isAuthorized\":false}")))
        .startsWith("HTTP/1.1 403")
        .endsWith("\r\n\r\n" + FORBIDDEN);
    assertThat(body(get(api, returned(ALLOW))).at("/requestContext/authorizer").toString())
        .isEqualTo("{\"lambda\":null}");
    String context = "{\"n\":1,\"s\":\"v\",\"b\":true,\"l\":[1,\"2\"]}";
    assertThat(
            body(get(api, returned("{\"isAuthorized\":true,\"context\":" + context + "}")))
                .at("/requestContext/authorizer/lambda")
                .toString())
        .isEqualTo(context);
  }

  @Test
  void format1FlattensTheContext() throws Exception {
    String answer = policy("Allow", "*", ",\"context\":{\"n\":1}");
    JsonNode event =
        body(get(policies("1.0", 0).function("GET /x", ECHO, "2.0", 30_000), returned(answer)));
    assertThat(event.at("/requestContext/authorizer/lambda").toString()).isEqualTo("{\"n\":1}");
    asked.clear();
    try (RunningGateway gateway =
        RunningGateway.serving(
            policies("1.0", 0).function("GET /x", ECHO, "1.0", 30_000),
            invocation -> {
              if (invocation.functionArn().equals(GUARD)) {
                return CompletableFuture.completedFuture(returned(answer));
              }
              asked.add(invocation);
              return CompletableFuture.completedFuture(returned("{\"statusCode\":200}"));
            })) {
      gateway.exchange("GET /x", "Authorization: t");
      assertThat(
              Json.mapper()
                  .readTree(asked.take().payload())
                  .at("/requestContext/authorizer")
                  .toString())
          .isEqualTo("{\"principalId\":\"user-1\",\"n\":1}");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "true",
        "",
        "{\"isAuthorized\":",
        "{\"isAuthorized\":\"true\"}",
        "{\"isAuthorized\":null}",
        "{\"isAuthorized\":true,\"context\":\"x\"}",
        "{\"principalId\":\"u\",\"policyDocument\":{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}}"
      })
  void whatIsNoSimpleReplyIs500(String answer) throws Exception {
    assertThat(get(simple(300).function("GET /x", ECHO, "2.0", 30_000), returned(answer)))
        .startsWith("HTTP/1.1 500")
        .endsWith("\r\n\r\n" + INTERNAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ALLOW,
        "{\"principalId\":\"u\"}",
        "{\"policyDocument\":{\"Statement\":[]}}",
        "{\"principalId\":\"u\",\"policyDocument\":{}}",
        "{\"principalId\":\"u\",\"policyDocument\":\"*\"}",
        "{\"principalId\":\"u\",\"policyDocument\":{\"Statement\":[{\"Effect\":\"allow\"}]}}"
      })
  void whatIsNoPolicyReplyIs500(String answer) throws Exception {
    assertThat(get(policies("2.0", 300).function("GET /x", ECHO, "2.0", 30_000), returned(answer)))
        .startsWith("HTTP/1.1 500")
        .endsWith("\r\n\r\n" + INTERNAL);
  }

  @Test
  void aFunctionThatGivesNoAnswerIs500() throws Exception {
    Definitions api = simple(300).function("GET /x", ECHO, "2.0", 30_000);
    Failed unauthorized =
        new Failed("{\"errorMessage\":\"Unauthorized\"}".getBytes(StandardCharsets.UTF_8));
    for (Result result :
        List.of(
            unauthorized,
            new FunctionInvoker.Denied(),
            new FunctionInvoker.Missing(),
            new FunctionInvoker.Throttled(),
            new FunctionInvoker.TooLarge())) {
      assertThat(get(api, result)).as("%s", result).startsWith("HTTP/1.1 500").endsWith(INTERNAL);
    }
    assertThat(get(policies("1.0", 300).function("GET /x", ECHO, "2.0", 30_000), unauthorized))
        .startsWith("HTTP/1.1 401")
        .endsWith("{\"message\":\"Unauthorized\"}");
    try (RunningGateway gateway =
        RunningGateway.serving(
            api, guard(CompletableFuture.failedFuture(new IllegalStateException("down"))))) {
      assertThat(gateway.exchange("GET /x", "Authorization: t")).startsWith("HTTP/1.1 500");
    }
  }

  @Test
  void policiesAreHeldAgainstEachRoute() throws Exception {
    Definitions api =
        policies("2.0", 300)
            .stage("prod")
            .function("GET /pets/{id}", ECHO, "2.0", 30_000)
            .function("ANY /other", ECHO, "2.0", 30_000);
    Result answer = returned(policy("Allow", arn("prod", "GET/pets/*"), ""));
    try (RunningGateway gateway = RunningGateway.serving(api, guard(answer))) {
      assertThat(gateway.exchange("GET /prod/pets/7", "Authorization: t"))
          .startsWith("HTTP/1.1 200");
      assertThat(gateway.exchange("GET /prod/other", "Authorization: t"))
          .startsWith("HTTP/1.1 403")
          .endsWith(FORBIDDEN);
      assertThat(gateway.exchange("GET /prod/pets/8", "Authorization: t"))
          .startsWith("HTTP/1.1 200");
      assertThat(asked).hasSize(1);
      assertThat(gateway.exchange("GET /prod/pets/8", "Authorization: u"))
          .startsWith("HTTP/1.1 200");
      assertThat(asked).hasSize(2);
    }
    assertThat(
            get(
                policies("2.0", 0).function("GET /x", ECHO, "2.0", 30_000),
                returned(policy("Deny", "*", ""))))
        .startsWith("HTTP/1.1 403");
  }

  @Test
  void theGuardSeesTheRequestButNotItsBody() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.serving(
            simple(0).function("POST /lambda", ECHO, "2.0", 30_000), guard(returned(ALLOW)))) {
      String answer =
          gateway.raw(
              "POST /lambda?a=1 HTTP/1.1\r\nHost: "
                  + RunningGateway.HOST
                  + "\r\nConnection: close\r\nAuthorization: secret\r\nContent-Length: 5\r\n"
                  + "Content-Type: text/plain\r\n\r\nhello");
      assertThat(body(answer).path("body").asString()).isEqualTo("hello");
      Invocation invocation = asked.take();
      assertThat(invocation.sourceArn())
          .isEqualTo("arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/authorizers/auth01");
      JsonNode event = Json.mapper().readTree(invocation.payload());
      assertThat(event.propertyNames())
          .containsExactly(
              "version",
              "type",
              "routeArn",
              "identitySource",
              "routeKey",
              "rawPath",
              "rawQueryString",
              "headers",
              "queryStringParameters",
              "requestContext");
      assertThat(event.path("routeArn").asString()).isEqualTo(arn("$default", "POST/lambda"));
      assertThat(event.path("identitySource").toString()).isEqualTo("[\"secret\"]");
      assertThat(event.at("/headers/content-length").asString()).isEqualTo("5");
      assertThat(event.path("requestContext").has("authorizer")).isFalse();
    }
  }

  @Test
  void theGuardOfFormat1SeesItsOwnMembers() throws Exception {
    get(
        policies("1.0", 0).function("GET /{p}", ECHO, "2.0", 30_000),
        returned(policy("Allow", "*", "")));
    JsonNode event = Json.mapper().readTree(asked.take().payload());
    assertThat(event.path("version").asString()).isEqualTo("1.0");
    assertThat(event.path("type").asString()).isEqualTo("REQUEST");
    assertThat(event.path("methodArn").asString()).isEqualTo(arn("$default", "GET/x"));
    assertThat(event.path("identitySource").asString()).isEqualTo("t");
    assertThat(event.path("authorizationToken").asString()).isEqualTo("t");
    assertThat(event.path("resource").asString()).isEqualTo("/{p}");
    assertThat(event.at("/pathParameters/p").asString()).isEqualTo("x");
    assertThat(event.at("/requestContext/identity/sourceIp").asString()).isEqualTo("127.0.0.1");
    assertThat(event.has("body")).isFalse();
  }

  @Test
  void aThousandRequestsWithOneNewTokenAskOnce() throws Exception {
    CompletableFuture<Result> answer = new CompletableFuture<>();
    try (RunningGateway gateway =
        RunningGateway.serving(
            simple(300).function("GET /x", ECHO, "2.0", 30_000), guard(answer))) {
      List<Socket> sockets = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        Socket socket = gateway.connect();
        sockets.add(socket);
        String request =
            "GET /x HTTP/1.1\r\nHost: " + RunningGateway.HOST + "\r\nAuthorization: t\r\n";
        socket
            .getOutputStream()
            .write(
                ((request + "\r\n").repeat(9) + request + "Connection: close\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
      }
      assertThat(asked.poll(10, TimeUnit.SECONDS)).isNotNull();
      answer.complete(returned(ALLOW));
      for (Socket socket : sockets) {
        String all = RunningGateway.readAll(socket.getInputStream());
        assertThat(all.split("HTTP/1.1 200 OK", -1)).hasSize(11);
        socket.close();
      }
      assertThat(asked).isEmpty();
    }
  }

  @Test
  void identityValuesDoNotRunIntoEachOther() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.serving(
            new Definitions()
                .authorizer("a", GUARD, "2.0", true, 300, "$request.header.A", "$request.header.B")
                .function("GET /x", ECHO, "2.0", 30_000),
            guard(returned(ALLOW)))) {
      gateway.exchange("GET /x", "A: 1,2", "B: 3");
      gateway.exchange("GET /x", "A: 1", "B: 2,3");
      gateway.exchange("GET /x", "A: 1,2", "B: 3");
      assertThat(asked).hasSize(2);
    }
  }

  @Test
  void errorsAreNotKeptButDenialsAre() throws Exception {
    BlockingQueue<Result> answers = new LinkedBlockingQueue<>();
    try (RunningGateway gateway =
        RunningGateway.serving(
            simple(300).function("GET /x", ECHO, "2.0", 30_000),
            invocation -> {
              asked.add(invocation);
              return CompletableFuture.completedFuture(answers.remove());
            })) {
      answers.add(returned("{}"));
      answers.add(returned("{\"isAuthorized\":false}"));
      assertThat(gateway.exchange("GET /x", "Authorization: t")).startsWith("HTTP/1.1 500");
      assertThat(gateway.exchange("GET /x", "Authorization: t")).startsWith("HTTP/1.1 403");
      assertThat(gateway.exchange("GET /x", "Authorization: t")).startsWith("HTTP/1.1 403");
      assertThat(asked).hasSize(2);
    }
  }

  @Test
  void aChangedAuthorizerFindsNothingKept() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.serving(
            simple(300).function("GET /x", ECHO, "2.0", 30_000), guard(returned(ALLOW)))) {
      gateway.exchange("GET /x", "Authorization: t");
      gateway.gateway().publish(simple(299).function("GET /x", ECHO, "2.0", 30_000).release());
      gateway.exchange("GET /x", "Authorization: t");
      assertThat(asked).hasSize(2);
    }
  }

  @Test
  void anAuthorizerThatWasChangedAndChangedBackFindsNothingKept() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.serving(
            simple(300).function("GET /x", ECHO, "2.0", 30_000), guard(returned(ALLOW)))) {
      gateway.exchange("GET /x", "Authorization: t");
      gateway.gateway().publish(simple(299).function("GET /x", ECHO, "2.0", 30_000).release());
      gateway.gateway().publish(simple(300).function("GET /x", ECHO, "2.0", 30_000).release());
      gateway.exchange("GET /x", "Authorization: t");
      assertThat(asked).hasSize(2);
    }
  }

  @Test
  void onlyAResetVoidsWhatWasKept() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.serving(
            simple(300).function("GET /x", ECHO, "2.0", 30_000), guard(returned(ALLOW)))) {
      gateway.exchange("GET /x", "Authorization: t");
      gateway
          .gateway()
          .publish(simple(300).throttle(9, 9).function("GET /x", ECHO, "2.0", 30_000).release());
      gateway.exchange("GET /x", "Authorization: t");
      assertThat(asked).hasSize(1);
      Definitions reset = simple(300).reset(7).function("GET /x", ECHO, "2.0", 30_000);
      gateway.gateway().publish(reset.release());
      gateway.exchange("GET /x", "Authorization: t");
      assertThat(asked).hasSize(2);
      gateway.gateway().publish(reset.release());
      gateway.exchange("GET /x", "Authorization: t");
      assertThat(asked).hasSize(2);
    }
  }

  @Test
  void repeatedSlashesDoNotEvadeADenial() throws Exception {
    String policy =
        """
        {"principalId":"u","policyDocument":{"Version":"2012-10-17","Statement":[
          {"Effect":"Allow","Action":"execute-api:Invoke","Resource":"*"},
          {"Effect":"Deny","Action":"execute-api:Invoke","Resource":"%s"}]}}\
        """
            .formatted(arn("$default", "GET/admin/x"));
    try (RunningGateway gateway =
        RunningGateway.serving(
            policies("2.0", 300)
                .function("GET /admin/x", ECHO, "2.0", 30_000)
                .function("GET /open", ECHO, "2.0", 30_000),
            guard(returned(policy)))) {
      for (String path :
          List.of("/admin/x", "//admin/x", "/admin//x", "/admin%2Fx", "/%61dmin/x")) {
        assertThat(gateway.exchange("GET " + path, "Authorization: t"))
            .as(path)
            .startsWith("HTTP/1.1 403");
      }
      assertThat(gateway.exchange("GET /open", "Authorization: t")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void anArnBeyondTheLimitIs414AndNobodyIsAsked() throws Exception {
    String api = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/$default/GET";
    try (RunningGateway gateway =
        RunningGateway.serving(
            simple(0).function("$default", ECHO, "2.0", 30_000), guard(returned(ALLOW)))) {
      String path = "/" + "x".repeat(1_600 - api.length() - 1);
      assertThat(gateway.exchange("GET " + path, "Authorization: t")).startsWith("HTTP/1.1 200");
      asked.clear();
      assertThat(gateway.exchange("GET " + path + "x", "Authorization: t"))
          .startsWith("HTTP/1.1 414")
          .endsWith("{\"message\":\"Request URI Too Long\"}");
      assertThat(asked).isEmpty();
    }
  }

  @Test
  void claimsAreAReservedNameInFormat1() throws Exception {
    String answer = policy("Allow", "*", ",\"context\":{\"claims\":{}}");
    for (String version : List.of("1.0", "2.0")) {
      assertThat(
              get(policies(version, 0).function("GET /x", ECHO, "2.0", 30_000), returned(answer)))
          .startsWith(version.equals("1.0") ? "HTTP/1.1 500" : "HTTP/1.1 200");
    }
  }

  @Test
  void aBodyWaitsForTheDecisionAndArrivesWhole() throws Exception {
    CompletableFuture<Result> answer = new CompletableFuture<>();
    try (RunningGateway gateway =
            RunningGateway.serving(
                simple(0).function("POST /x", ECHO, "2.0", 30_000), guard(answer));
        Socket socket = gateway.connect()) {
      String text = "0123456789".repeat(300_000);
      Thread writer =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  socket
                      .getOutputStream()
                      .write(
                          ("POST /x HTTP/1.1\r\nHost: "
                                  + RunningGateway.HOST
                                  + "\r\nConnection: close\r\nContent-Type: text/plain\r\n"
                                  + "Authorization: t\r\nContent-Length: 3000000\r\n\r\n"
                                  + text)
                              .getBytes(StandardCharsets.ISO_8859_1));
                } catch (IOException gone) {
                  throw new UncheckedIOException(gone);
                }
              });
      assertThat(asked.poll(10, TimeUnit.SECONDS)).isNotNull();
      answer.complete(returned(ALLOW));
      String whole = RunningGateway.readAll(socket.getInputStream());
      writer.join();
      assertThat(whole).startsWith("HTTP/1.1 200");
      assertThat(body(whole).path("body").asString()).isEqualTo(text);
    }
  }

  @Test
  void aDeniedClientIsNotInvitedToSendItsBody() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.serving(
            simple(0).function("POST /x", ECHO, "2.0", 30_000),
            guard(returned("{\"isAuthorized\":false}")))) {
      assertThat(
              gateway.exchange(
                  "POST /x", "Authorization: t", "Expect: 100-continue", "Content-Length: 9"))
          .startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void aClientThatLeavesDoesNotDisturbTheOthers() throws Exception {
    CompletableFuture<Result> answer = new CompletableFuture<>();
    try (RunningGateway gateway =
        RunningGateway.serving(
            simple(300).function("GET /x", ECHO, "2.0", 30_000), guard(answer))) {
      String request =
          "GET /x HTTP/1.1\r\nHost: "
              + RunningGateway.HOST
              + "\r\nAuthorization: t\r\nConnection: close\r\n\r\n";
      try (Socket leaver = gateway.connect()) {
        leaver.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(asked.poll(10, TimeUnit.SECONDS)).isNotNull();
      }
      try (Socket stayer = gateway.connect()) {
        stayer.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        answer.complete(returned(ALLOW));
        assertThat(RunningGateway.readAll(stayer.getInputStream())).startsWith("HTTP/1.1 200");
      }
    }
  }

  @Test
  void mappingsReadTheContextAndBackendsGetNothingUnasked() throws Exception {
    try (Backends backend = Backends.answering("ok");
        RunningGateway gateway =
            RunningGateway.serving(
                simple(0)
                    .http(
                        "GET /x",
                        backend.url() + "/y",
                        "ANY",
                        30_000,
                        Map.of(
                            "append:header.x-n", "$context.authorizer.n",
                            "append:header.x-b", "$context.authorizer.b",
                            "append:header.x-none", "$context.authorizer.none"),
                        Map.of()),
                guard(
                    returned(
                        "{\"isAuthorized\":true,\"context\":{\"n\":1,\"b\":true,\"s\":\"hush\"}}")))) {
      assertThat(gateway.exchange("GET /x", "Authorization: t")).startsWith("HTTP/1.1 200");
      assertThat(backend.nextHead())
          .containsIgnoringCase("x-n: 1\r\n")
          .containsIgnoringCase("x-b: true")
          .doesNotContain("x-none")
          .doesNotContain("hush");
    }
  }

  @Test
  void corsHeadersAreOnRefusalsAndPreflightsMeetTheAuthorizer() throws Exception {
    Cors cors = new Cors(null, null, List.of("GET"), List.of("https://a.com"), null, null);
    try (RunningGateway gateway =
        RunningGateway.serving(
            simple(0).cors(cors).function("ANY /x", ECHO, "2.0", 30_000), guard(returned("{}")))) {
      String preflight =
          gateway.exchange(
              "OPTIONS /x", "Origin: https://a.com", "Access-Control-Request-Method: GET");
      assertThat(preflight)
          .startsWith("HTTP/1.1 401")
          .containsIgnoringCase("access-control-allow-origin: https://a.com");
      assertThat(gateway.exchange("GET /x", "Origin: https://a.com", "Authorization: t"))
          .startsWith("HTTP/1.1 500")
          .containsIgnoringCase("access-control-allow-origin: https://a.com");
    }
  }

  @Test
  void aRouteWhoseAuthorizerIsGoneServesNobody() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.serving(
            simple(0).detached("gone").function("GET /x", ECHO, "2.0", 30_000),
            guard(returned(ALLOW)))) {
      assertThat(gateway.exchange("GET /x", "Authorization: t")).startsWith("HTTP/1.1 500");
      assertThat(asked).isEmpty();
    }
  }
}
