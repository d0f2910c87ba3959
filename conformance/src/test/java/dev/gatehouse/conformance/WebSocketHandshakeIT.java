package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.function.Talker;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.ProbeFunction;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.SocketApi;
import dev.gatehouse.conformance.rig.Vector;
import dev.gatehouse.testkit.RawWebSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.services.lambda.LambdaClient;
import tools.jackson.databind.JsonNode;

/** Who is let in to a WebSocket API. */
class WebSocketHandshakeIT {

  /** What a test asks of a running API. */
  private interface Questions {
    void ask(RunningGatehouse gatehouse, SocketApi api) throws Exception;
  }

  /** An API whose {@code $connect} is the function that does what it is told. */
  private static void withTalker(int timeout, Questions questions) throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw)) {
        api.oneWay("$connect", api.function(ProbeFunction.talkerArn(gw), timeout));
        questions.ask(gw, api.serve());
      }
    });
  }

  private static String answer(String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    return "answer:" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static void assertStatus(SocketApi api, int status, String order, String... headers)
      throws Exception {
    try (RawWebSocket socket = api.handshake("/prod?do=" + order, headers)) {
      assertThat(socket.status()).as("%s: %s", order, socket.head()).isEqualTo(status);
      if (status >= 400) {
        JsonNode body = Reply.parse(socket.body());
        assertThat(body.propertyNames()).containsExactly("message", "connectionId", "requestId");
      }
    }
  }

  @Test
  @Vector({"W01", "W58"})
  void withoutAConnectRouteEveryoneIsLetInWhoAsksForAWebSocket() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw)) {
        api.oneWay("$default", api.mock("x"));
        api.serve();
        api.connect().close();
        assertThat(http.get("/prod", "Host: " + api.host()).status()).isEqualTo(426);
      }
    });
  }

  @Test
  @Vector({"W02", "W03", "W04", "W05", "W09"})
  void theFunctionsStatusIsTheHandshakes() throws Exception {
    withTalker(
        29_000,
        (gw, api) -> {
          assertStatus(api, 101, answer("{\"statusCode\":200}"));
          long start = System.nanoTime();
          assertStatus(api, 101, "sleep:700");
          assertThat(Duration.ofNanos(System.nanoTime() - start))
              .isGreaterThan(Duration.ofMillis(700));
          assertStatus(api, 401, answer("{\"statusCode\":401}"));
          assertStatus(api, 400, answer("{\"statusCode\":400}"), "Sec-WebSocket-Protocol: chat1");
          assertStatus(api, 502, "throw:oh");
          assertStatus(api, 502, "null");
        });
  }

  @Test
  @Vector("W06")
  void aFunctionThatLetsNobodyInvokeItFailsTheHandshake() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw);
          LambdaClient lambda = gw.lambda()) {
        String arn = Functions.create(lambda, "closed-talker", Talker.class, 5);
        api.oneWay("$connect", api.function(arn));
        api.serve();
        assertStatus(api, 500, "nothing");
        lambda.deleteFunction(delete -> delete.functionName("closed-talker"));
      }
    });
  }

  @Test
  @Vector("W07")
  void aSlowFunctionFailsTheHandshake() throws Exception {
    withTalker(400, (gw, api) -> assertStatus(api, 504, "sleep:3000"));
  }

  @Test
  @Vector("W08")
  void theFunctionPicksTheSubprotocol() throws Exception {
    withTalker(
        29_000,
        (gw, api) -> {
          String payload =
              "{\"statusCode\":200,\"headers\":{\"Sec-WebSocket-Protocol\":\"myprotocol\"}}";
          try (RawWebSocket socket =
              api.handshake(
                  "/prod?do=" + answer(payload), "Sec-WebSocket-Protocol: chat1,myprotocol")) {
            assertThat(socket.head())
                .startsWith("HTTP/1.1 101")
                .contains("\r\nSec-WebSocket-Protocol: myprotocol\r\n");
          }
        });
  }

  @Test
  @Vector({"W10", "W11", "W12", "W13"})
  void anAuthorizerDecides() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw);
          Backend backend = Backend.start()) {
        String arn = ProbeFunction.talkerArn(gw);
        String echo = api.function(arn);
        String guard = api.authorizer(arn, "route.request.querystring.do");
        api.route(
            "$connect",
            echo,
            ",\"authorizationType\":\"CUSTOM\",\"authorizerId\":\"" + guard + "\"");
        api.twoWay("$default", echo);
        api.serve();
        try (RawWebSocket socket = api.handshake("/prod")) {
          assertThat(socket.status()).isEqualTo(401);
        }
        assertStatus(api, 401, "throw:Unauthorized");
        assertStatus(api, 500, "throw:other");
        assertStatus(api, 403, answer(policy("Deny")));
        assertThat(backend.idle()).isTrue();
      }
    });
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw);
          Backend backend = Backend.start()) {
        String arn = ProbeFunction.talkerArn(gw);
        String guard = api.authorizer(arn, "route.request.querystring.do");
        String told =
            api.url(
                backend.url(),
                """
                {"integration.request.header.n":"context.authorizer.n",
                 "integration.request.header.b":"context.authorizer.b",
                 "integration.request.header.p":"context.authorizer.principalId"}\
                """);
        api.route(
            "$connect",
            told,
            ",\"authorizationType\":\"CUSTOM\",\"authorizerId\":\"" + guard + "\"");
        api.twoWay("$default", api.function(arn));
        api.oneWay("$disconnect", told);
        api.serve();
        try (RawWebSocket socket = api.handshake("/prod?do=" + answer(policy("Allow")))) {
          assertThat(socket.status()).as("%s", socket.head()).isEqualTo(101);
          Backend.Request connect = backend.taken();
          assertThat(connect.headers().get("n")).containsExactly("1");
          assertThat(connect.headers().get("b")).containsExactly("true");
          assertThat(connect.headers().get("p")).containsExactly("me");
          socket.text("hi");
          JsonNode event = Reply.parse(socket.message());
          assertThat(event.at("/requestContext/authorizer/principalId").asString()).isEqualTo("me");
        }
        assertThat(backend.taken().headers().get("p")).containsExactly("me");
      }
    });
  }

  private static String policy(String effect) {
    return """
    {"principalId":"me","context":{"n":1,"b":true},"policyDocument":{"Version":"2012-10-17",
     "Statement":[{"Action":"execute-api:Invoke","Effect":"%s","Resource":"*"}]}}\
    """
        .formatted(effect);
  }

  @Test
  @Vector({"W14", "W15"})
  void iamLetsInWhoSigned() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw)) {
        api.route("$connect", api.mock("x"), ",\"authorizationType\":\"AWS_IAM\"");
        api.twoWay("$default", api.function(ProbeFunction.talkerArn(gw)));
        api.serve();
        try (RawWebSocket socket = api.handshake("/prod")) {
          assertThat(socket.status()).isEqualTo(403);
        }
        try (RawWebSocket socket = api.handshake("/prod?" + presigned(api, "wrong"))) {
          assertThat(socket.status()).isEqualTo(403);
        }
        try (RawWebSocket socket = api.handshake("/prod?" + presigned(api, "test"))) {
          assertThat(socket.status()).as("%s", socket.head()).isEqualTo(101);
          socket.text("hi");
          JsonNode event = Reply.parse(socket.message());
          assertThat(event.at("/requestContext/identity/accessKey").asString()).isEqualTo("test");
        }
      }
    });
  }

  private static String presigned(SocketApi api, String secret) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(URI.create("http://" + api.host() + "/prod"))
            .build();
    return AwsV4HttpSigner.create()
        .sign(sign ->
            sign.identity(AwsBasicCredentials.create("test", secret))
                .request(request)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "execute-api")
                .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, Duration.ofMinutes(5)))
        .request()
        .encodedQueryParameters()
        .orElseThrow();
  }

  @Test
  @Vector("W16")
  void aStageWithoutADeploymentLetsNobodyIn() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw)) {
        gw.control().create(api.path("/stages"), "{\"stageName\":\"prod\"}");
        try (RawWebSocket socket = api.handshake("/prod")) {
          assertThat(socket.status()).isEqualTo(403);
          assertThat(Reply.parse(socket.body()).path("message").asString()).isEqualTo("Forbidden");
        }
      }
    });
  }

  @Test
  @Vector("W17")
  void zeroThrottlesLetNobodyIn() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw)) {
        api.oneWay("$default", api.mock("x"));
        api.serve(
            ",\"defaultRouteSettings\":{\"throttlingBurstLimit\":0,\"throttlingRateLimit\":0}");
        assertStatus(api, 429, "nothing");
      }
    });
  }

  @Test
  @Vector({"W54", "W55"})
  void anApiKeyOpensWhatItsPlanNames() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw)) {
        api.route("$connect", api.mock("x"), ",\"apiKeyRequired\":true");
        api.serve();
        assertStatus(api, 403, "nothing");
        String value = "a-key-of-at-least-twenty-characters";
        assertStatus(api, 403, "nothing", "x-api-key: " + value);
        Control control = gw.control();
        String key =
            control
                .create(
                    "/apikeys",
                    "{\"name\":\"ws\",\"enabled\":true,\"value\":\"%s\"}".formatted(value))
                .path("id")
                .asString();
        String plan =
            control
                .create(
                    "/usageplans",
                    "{\"name\":\"ws\",\"apiStages\":[{\"apiId\":\"%s\",\"stage\":\"prod\"}]}"
                        .formatted(api.id()))
                .path("id")
                .asString();
        control.create(
            "/usageplans/" + plan + "/keys",
            "{\"keyId\":\"%s\",\"keyType\":\"API_KEY\"}".formatted(key));
        assertStatus(api, 101, "nothing", "x-api-key: " + value);
        assertStatus(api, 403, "nothing", "x-api-key: x" + value);
        control.delete("/usageplans/" + plan + "/keys/" + key);
        control.delete("/apikeys/" + key);
      }
    });
  }
}
