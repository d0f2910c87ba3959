package dev.gatehouse.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.model.AuthorizationType;
import dev.gatehouse.testkit.RawWebSocket;
import dev.gatehouse.wire.Json;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who is let in, and what the others are told. */
class HandshakeTest {
  private static final String ALLOW =
      """
      {"principalId":"me","context":{"n":1,"b":true,"s":"x"},"policyDocument":{"Version":"2012-10-17",
       "Statement":[{"Effect":"Allow","Action":"execute-api:Invoke","Resource":"%s"}]}}\
      """;
  private static final String CONNECT_ARN =
      "arn:aws:execute-api:us-east-1:123456789012:ws1b2c3d4e/prod/$connect";

  private final BlockingQueue<FunctionInvoker.Invocation> invocations = new LinkedBlockingQueue<>();

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Functions that return what their name has in the map; an exclamation mark throws. */
  private FunctionInvoker functions(Map<String, String> payloads) {
    return invocation -> {
      invocations.add(invocation);
      String payload = payloads.get(invocation.functionArn().replaceAll(".*:", ""));
      if (payload == null) {
        return new CompletableFuture<>();
      }
      return CompletableFuture.completedFuture(
          payload.startsWith("!")
              ? new FunctionInvoker.Failed(
                  utf8("{\"errorMessage\":\"" + payload.substring(1) + "\"}"))
              : new FunctionInvoker.Returned(utf8(payload)));
    };
  }

  private int connect(String payload) throws IOException {
    int timeout = payload.isEmpty() ? 100 : 20_000;
    SocketDefinitions api = new SocketDefinitions().function("$connect", "f", false, timeout);
    Map<String, String> payloads = payload.isEmpty() ? Map.of() : Map.of("f", payload);
    try (RunningSockets gateway = RunningSockets.serving(api, functions(payloads));
        RawWebSocket client = gateway.handshake("/prod")) {
      if (client.status() >= 400) {
        JsonNode body = Json.mapper().readTree(client.body());
        assertThat(body.propertyNames()).containsExactly("message", "connectionId", "requestId");
      }
      return client.status();
    }
  }

  @Test
  void theIntegrationDecides() throws IOException {
    assertThat(connect("{\"statusCode\":200}")).isEqualTo(101);
    assertThat(connect("{\"statusCode\":204}")).isEqualTo(101);
    assertThat(connect("{\"statusCode\":401}")).isEqualTo(401);
    assertThat(connect("{\"statusCode\":400}")).isEqualTo(400);
    assertThat(connect("{\"statusCode\":503}")).isEqualTo(503);
    assertThat(connect("{\"statusCode\":302}")).isEqualTo(302);
    assertThat(connect("!broken")).isEqualTo(502);
    assertThat(connect("null")).isEqualTo(502);
    assertThat(connect("{\"body\":\"x\"}")).isEqualTo(502);
    assertThat(connect("")).isEqualTo(504);
  }

  @Test
  void whoIsRefusedHasNoDisconnect() throws Exception {
    SocketDefinitions api =
        new SocketDefinitions()
            .function("$connect", "no", false)
            .function("$disconnect", "bye", false);
    try (RunningSockets gateway =
        RunningSockets.serving(api, functions(Map.of("no", "{\"statusCode\":403}", "bye", "{}")))) {
      try (RawWebSocket client = gateway.handshake("/prod")) {
        assertThat(client.status()).isEqualTo(403);
      }
    }
    assertThat(invocations).hasSize(1);
  }

  @Test
  void theSubprotocolIsTheIntegrationsChoice() throws IOException {
    SocketDefinitions api = new SocketDefinitions().function("$connect", "f", false);
    String chosen =
        "{\"statusCode\":200,\"headers\":{\"sec-websocket-protocol\":\"two\","
            + "\"set-cookie\":\"a=b\",\"content-type\":\"text/plain\"}}";
    try (RunningSockets gateway = RunningSockets.serving(api, functions(Map.of("f", chosen)));
        RawWebSocket client = gateway.handshake("/prod", "Sec-WebSocket-Protocol: one, two")) {
      assertThat(client.head())
          .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
          .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
          .contains("Sec-WebSocket-Protocol: two\r\n")
          .contains("Set-Cookie: a=b\r\n")
          .doesNotContain("text/plain")
          .doesNotContain("Sec-WebSocket-Extensions");
    }
    try (RunningSockets gateway = RunningSockets.serving(new SocketDefinitions());
        RawWebSocket client = gateway.handshake("/prod", "Sec-WebSocket-Protocol: one")) {
      assertThat(client.status()).isEqualTo(101);
      assertThat(client.head()).doesNotContain("Sec-WebSocket-Protocol");
    }
  }

  @Test
  void onlyAStageThatServesIsThere() throws IOException {
    try (RunningSockets gateway = RunningSockets.serving(new SocketDefinitions())) {
      for (String path : new String[] {"/", "/other", "/prod/deeper", "/%ZZ"}) {
        try (RawWebSocket client = gateway.handshake(path)) {
          assertThat(client.status()).as(path).isEqualTo(403);
          assertThat(client.body()).contains("Forbidden");
        }
      }
      try (RawWebSocket client = gateway.handshake("/prod/?x=1")) {
        assertThat(client.status()).isEqualTo(101);
      }
    }
    try (RunningSockets gateway = RunningSockets.serving(new SocketDefinitions().undeployed());
        RawWebSocket client = gateway.handshake("/prod")) {
      assertThat(client.status()).isEqualTo(403);
    }
  }

  @Test
  void pathFormsReachTheSameStage() throws IOException {
    try (RunningSockets gateway = RunningSockets.serving(new SocketDefinitions())) {
      String id = SocketDefinitions.API_ID;
      for (String path :
          new String[] {"/_gatehouse/apis/" + id + "/prod", "/_aws/execute-api/" + id + "/prod"}) {
        try (RawWebSocket client =
            new RawWebSocket(gateway.gateway().address(), "localhost:4566", path)) {
          assertThat(client.status()).as(path).isEqualTo(101);
        }
      }
      try (RawWebSocket client =
          new RawWebSocket(
              gateway.gateway().address(), "nobody00.execute-api.localhost", "/prod")) {
        assertThat(client.status()).isEqualTo(403);
      }
    }
  }

  @Test
  void zeroThrottlesRefuseEveryone() throws IOException {
    try (RunningSockets gateway = RunningSockets.serving(new SocketDefinitions().throttle(0, 0));
        RawWebSocket client = gateway.handshake("/prod")) {
      assertThat(client.status()).isEqualTo(429);
      assertThat(client.body()).contains("Too Many Requests");
    }
  }

  @Test
  void onlySoManyConnectASecond() throws IOException {
    WebSocketOptions usual = RunningSockets.quick(WebSocketOptions.USUAL);
    WebSocketOptions two =
        new WebSocketOptions(
            usual.frameBytes(),
            usual.messageBytes(),
            usual.idle(),
            usual.lifetime(),
            2,
            usual.drain());
    try (RunningSockets gateway =
            RunningSockets.serving(new SocketDefinitions(), RunningSockets.NO_FUNCTIONS, two);
        RawWebSocket first = gateway.handshake("/prod");
        RawWebSocket second = gateway.handshake("/prod");
        RawWebSocket third = gateway.handshake("/prod")) {
      assertThat(first.status()).isEqualTo(101);
      assertThat(second.status()).isEqualTo(101);
      assertThat(third.status()).isEqualTo(429);
    }
  }

  private int guarded(String answer, String target) throws IOException {
    SocketDefinitions api =
        new SocketDefinitions()
            .authorizer("auth1", "guard", "route.request.querystring.token")
            .guarded(AuthorizationType.CUSTOM, "auth1", "f");
    try (RunningSockets gateway =
            RunningSockets.serving(
                api, functions(Map.of("guard", answer, "f", "{\"statusCode\":200}")));
        RawWebSocket client = gateway.handshake(target)) {
      return client.status();
    }
  }

  @Test
  void anAuthorizerDecides() throws Exception {
    assertThat(guarded(ALLOW.formatted("*"), "/prod")).isEqualTo(401);
    assertThat(invocations).isEmpty();
    assertThat(guarded("!Unauthorized", "/prod?token=t")).isEqualTo(401);
    assertThat(guarded("!broken", "/prod?token=t")).isEqualTo(500);
    assertThat(guarded(ALLOW.formatted("*").replace("Allow", "Deny"), "/prod?token=t"))
        .isEqualTo(403);
    assertThat(guarded(ALLOW.formatted(CONNECT_ARN + "x"), "/prod?token=t")).isEqualTo(403);
    assertThat(guarded("{\"principalId\":\"me\"}", "/prod?token=t")).isEqualTo(500);
    String nested = ALLOW.formatted("*").replace("\"s\":\"x\"", "\"s\":{}");
    assertThat(guarded(nested, "/prod?token=t")).isEqualTo(500);
    String huge = ALLOW.formatted("*").replace("\"s\":\"x\"", "\"s\":\"" + "x".repeat(9_000) + '"');
    assertThat(guarded(huge, "/prod?token=t")).isEqualTo(500);
    invocations.clear();

    assertThat(guarded(ALLOW.formatted(CONNECT_ARN), "/prod?token=t")).isEqualTo(101);
    FunctionInvoker.Invocation asked = invocations.poll(10, TimeUnit.SECONDS);
    assertThat(asked.sourceArn())
        .isEqualTo("arn:aws:execute-api:us-east-1:123456789012:ws1b2c3d4e/authorizers/auth1");
    JsonNode question = Json.mapper().readTree(asked.payload());
    assertThat(question.propertyNames())
        .containsExactly(
            "type",
            "methodArn",
            "headers",
            "multiValueHeaders",
            "queryStringParameters",
            "multiValueQueryStringParameters",
            "stageVariables",
            "requestContext");
    assertThat(question.path("methodArn").asString()).isEqualTo(CONNECT_ARN);
    assertThat(question.path("stageVariables").toString()).isEqualTo("{}");
    assertThat(question.at("/headers/Connection").asString()).isEqualTo("upgrade");
    assertThat(question.at("/headers/content-length").asString()).isEqualTo("0");
    JsonNode event = Json.mapper().readTree(invocations.poll(10, TimeUnit.SECONDS).payload());
    JsonNode told = event.at("/requestContext/authorizer");
    assertThat(told.path("principalId").asString()).isEqualTo("me");
    assertThat(told.path("n").asString()).isEqualTo("1");
    assertThat(told.path("b").asString()).isEqualTo("true");
    assertThat(told.has("integrationLatency")).isTrue();
    assertThat(event.at("/requestContext/connectionId"))
        .isEqualTo(question.at("/requestContext/connectionId"));
  }

  private int status(SocketDefinitions api, String target, String... headers) throws IOException {
    Map<String, String> answers =
        Map.of(
            "f", "{\"statusCode\":200}",
            "good", key("good"),
            "used-up", key("used-up"),
            "none", ALLOW.formatted("*"));
    try (RunningSockets gateway = RunningSockets.serving(api, functions(answers));
        RawWebSocket client = gateway.handshake(target, headers)) {
      if (client.status() != 101) {
        assertThat(client.head()).containsIgnoringCase("content-type: application/json");
        assertThat(Json.mapper().readTree(client.body()).propertyNames())
            .containsExactly("message", "connectionId", "requestId");
      }
      return client.status();
    }
  }

  private static String key(String usage) {
    return ALLOW.formatted("*").replaceFirst("\\{", "{\"usageIdentifierKey\":\"" + usage + "\",");
  }

  @Test
  void anApiKeyComesFromTheHeader() throws IOException {
    SocketDefinitions api =
        new SocketDefinitions().keyed("$request.header.x-api-key").function("$connect", "f", false);
    assertThat(status(api, "/prod")).isEqualTo(403);
    assertThat(status(api, "/prod", "X-Api-Key: bad")).isEqualTo(403);
    assertThat(status(api, "/prod", "X-Api-Key: used-up")).isEqualTo(429);
    assertThat(invocations).isEmpty();
    assertThat(status(api, "/prod", "X-Api-Key: good")).isEqualTo(101);
  }

  @Test
  void anApiKeyComesFromTheAuthorizer() throws IOException {
    for (Map.Entry<String, Integer> each :
        Map.of("good", 101, "used-up", 429, "none", 403).entrySet()) {
      SocketDefinitions api =
          new SocketDefinitions()
              .keyed("$context.authorizer.usageIdentifierKey")
              .authorizer("auth1", each.getKey())
              .guarded(AuthorizationType.CUSTOM, "auth1", "f");
      assertThat(status(api, "/prod", "X-Api-Key: good"))
          .as(each.getKey())
          .isEqualTo(each.getValue());
    }
  }

  @Test
  void aParameterThatIsDemandedMustBeThere() throws IOException {
    SocketDefinitions api =
        new SocketDefinitions()
            .requiring("route.request.querystring.room")
            .function("$connect", "f", false);
    assertThat(status(api, "/prod?other=1")).isEqualTo(400);
    assertThat(invocations).isEmpty();
    assertThat(status(api, "/prod?room=1")).isEqualTo(101);
  }

  @Test
  void aDisabledEndpointLetsNobodyIn() throws IOException {
    SocketDefinitions api = new SocketDefinitions().endpointDisabled();
    assertThat(status(api, "/prod")).isEqualTo(403);
  }

  @Test
  void aUrlHas4096CharactersAtMost() throws IOException {
    SocketDefinitions api = new SocketDefinitions();
    String start = "/prod?x=";
    assertThat(status(api, start + "y".repeat(4_096 - start.length()))).isEqualTo(101);
    assertThat(status(api, start + "y".repeat(4_097 - start.length()))).isEqualTo(414);
  }

  @Test
  void unsignedClientsOfIamAreTurnedAway() throws IOException {
    SocketDefinitions api = new SocketDefinitions().guarded(AuthorizationType.AWS_IAM, null, "f");
    try (RunningSockets gateway = RunningSockets.serving(api);
        RawWebSocket client = gateway.handshake("/prod")) {
      assertThat(client.status()).isEqualTo(403);
      assertThat(client.body()).contains("Missing Authentication Token");
    }
  }

  @Test
  void otherVersionsAndOddKeysAreNoUpgrades() throws IOException {
    try (RunningSockets gateway = RunningSockets.serving(new SocketDefinitions())) {
      String head = "GET /prod HTTP/1.1\r\nHost: " + RunningSockets.HOST + "\r\n";
      String upgrade = "Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n";
      String key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
      assertThat(raw(gateway, head)).startsWith("HTTP/1.1 426");
      assertThat(raw(gateway, head + upgrade + key + "Sec-WebSocket-Version: 8\r\n"))
          .startsWith("HTTP/1.1 426")
          .containsIgnoringCase("sec-websocket-version: 13");
      assertThat(raw(gateway, head + upgrade + "Sec-WebSocket-Version: 13\r\n"))
          .startsWith("HTTP/1.1 400");
      assertThat(raw(gateway, head + upgrade + key + "Sec-WebSocket-Version: 13\r\n"))
          .startsWith("HTTP/1.1 101");
      assertThat(raw(gateway, head.replace("GET", "POST"))).startsWith("HTTP/1.1 426");
    }
  }

  private static String raw(RunningSockets gateway, String head) throws IOException {
    try (Socket socket =
        new Socket(
            gateway.gateway().address().getAddress(), gateway.gateway().address().getPort())) {
      socket.setSoTimeout(15_000);
      socket.getOutputStream().write(utf8(head + "\r\n"));
      byte[] some = new byte[4_096];
      int count = socket.getInputStream().read(some);
      return new String(some, 0, count, StandardCharsets.UTF_8);
    }
  }
}
