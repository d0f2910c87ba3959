package dev.gatehouse.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.gateway.spi.Rights;
import dev.gatehouse.testkit.RawWebSocket;
import dev.gatehouse.wire.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Which route a message takes, and what its sender gets. */
class MessageTest {
  private static final String MOCK = "{\"statusCode\":200}";

  private static SocketDefinitions answering(SocketDefinitions api, String... keys) {
    for (String key : keys) {
      api.mock(key, MOCK, Map.of("$default", "to " + key.replace('$', '-')));
    }
    return api;
  }

  private static void assertRoutes(String expression, Map<String, String> routed, String... keys)
      throws Exception {
    SocketDefinitions api = answering(new SocketDefinitions(expression), keys);
    try (RunningSockets gateway = RunningSockets.serving(api);
        RawWebSocket client = gateway.connect()) {
      for (Map.Entry<String, String> pair : routed.entrySet()) {
        client.text(pair.getKey());
        String answer = client.message();
        assertThat(answer.startsWith("to ") ? answer.substring(3) : answer)
            .as("%s with %s", expression, pair.getKey())
            .startsWith(pair.getValue());
      }
    }
  }

  @Test
  void everyFormOfAnExpressionPicksItsRoute() throws Exception {
    assertRoutes(
        "$request.body.action",
        Map.of(
            "{\"action\":\"join\"}", "join",
            "{\"action\":5}", "5",
            "{\"action\":1.0}", "1.0",
            "{\"action\":true}", "true",
            "{\"action\":[\"item1\", \"item2\"]}", "[item1, item2]",
            "{\"action\":\"nope\"}", "-default",
            "{\"action\":null}", "-default",
            "{\"action\":\"Join\"}", "-default",
            "{\"a\":\"join\"} {}", "-default",
            "hello", "-default"),
        "join",
        "5",
        "1.0",
        "true",
        "[item1, item2]",
        "$default");
    assertRoutes(
        "${request.body.service}/${request.body.action}",
        Map.of("{\"service\":\"chat\",\"action\":\"join\"}", "chat/join", "{}", "-default"),
        "chat/join",
        "$default");
    assertRoutes(
        "$request.body.service.do",
        Map.of("{\"service\":{\"do\":\"echo\",\"x\":1}}", "echo"),
        "echo");
    assertRoutes(
        "${request.body.action}-${request.body.nope}",
        Map.of("{\"action\":\"join\"}", "join-"),
        "join-");
    assertRoutes("action", Map.of("not even JSON", "action"), "action", "$default");
    assertRoutes("\\$default", Map.of("{\"action\":\"join\"}", "-default"), "join", "$default");
    assertRoutes(
        "$request.body.list[1].name",
        Map.of("{\"list\":[{\"name\":\"a\"},{\"name\":\"b\"}]}", "b"),
        "b");
  }

  @Test
  void aMessageRunsNoLifecycleRoute() throws Exception {
    SocketDefinitions api = answering(new SocketDefinitions(), "$disconnect", "$default");
    try (RunningSockets gateway = RunningSockets.serving(api);
        RawWebSocket client = gateway.connect()) {
      client.text("{\"action\":\"$disconnect\"}");
      assertThat(client.message()).isEqualTo("to -default");
      client.text("{\"action\":\"$connect\"}");
      assertThat(client.message()).isEqualTo("to -default");
    }
  }

  @Test
  void whatNoRouteTakesIsForbidden() throws Exception {
    SocketDefinitions api = answering(new SocketDefinitions(), "join");
    try (RunningSockets gateway = RunningSockets.serving(api);
        RawWebSocket client = gateway.connect()) {
      client.text("{\"action\":\"nope\"}");
      String frame = client.message();
      assertThat(frame).startsWith("{\"message\": \"Forbidden\", \"connectionId\":\"");
      JsonNode json = Json.mapper().readTree(frame);
      assertThat(json.propertyNames()).containsExactly("message", "connectionId", "requestId");
      client.text("hello");
      assertThat(client.message()).contains("Forbidden");
      client.text("{\"action\":\"join\"}");
      assertThat(client.message()).isEqualTo("to join");
    }
  }

  private static CompletableFuture<FunctionInvoker.Result> returned(String payload) {
    return CompletableFuture.completedFuture(
        new FunctionInvoker.Returned(payload.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void onlyTwoWayRoutesAnswerButFailuresAreTold() throws Exception {
    SocketDefinitions api =
        new SocketDefinitions()
            .function("silent", "good", false)
            .function("loud", "good", true)
            .function("empty", "empty", true)
            .function("null", "null", false)
            .function("thrown", "thrown", false)
            .function("denied", "denied", true)
            .function("late", "late", false, 60);
    FunctionInvoker functions =
        invocation ->
            switch (invocation.functionArn().replaceAll(".*:", "")) {
              case "good" -> returned("{\"statusCode\":500,\"body\":\"x\"}");
              case "empty" -> returned("{\"statusCode\":200}");
              case "null" -> returned("null");
              case "thrown" ->
                  CompletableFuture.completedFuture(new FunctionInvoker.Failed(new byte[0]));
              case "denied" -> CompletableFuture.completedFuture(new FunctionInvoker.Denied());
              default -> new CompletableFuture<>();
            };
    try (RunningSockets gateway = RunningSockets.serving(api, functions);
        RawWebSocket client = gateway.connect()) {
      for (String failing : new String[] {"null", "thrown", "denied", "late"}) {
        client.text("{\"action\":\"" + failing + "\"}");
        assertThat(client.message()).startsWith("{\"message\": \"Internal server error\"");
      }
      client.text("{\"action\":\"silent\"}");
      client.text("{\"action\":\"empty\"}");
      client.text("{\"action\":\"loud\"}");
      assertThat(client.message()).isEqualTo("x");
    }
  }

  @Test
  void aFunctionGetsTheRecordedEvents() throws Exception {
    BlockingQueue<FunctionInvoker.Invocation> invocations = new LinkedBlockingQueue<>();
    FunctionInvoker functions =
        invocation -> {
          invocations.add(invocation);
          return returned("{\"statusCode\":200}");
        };
    SocketDefinitions api =
        new SocketDefinitions()
            .variable("v", "1")
            .function("$connect", "f", false)
            .function("$default", "f", false)
            .function("$disconnect", "f", false);
    try (RunningSockets gateway = RunningSockets.serving(api, functions)) {
      RawWebSocket client = gateway.handshake("/prod?a=1&a=2", "User-Agent: probe/1", "X-One: 1");
      JsonNode connect = event(invocations, "$connect");
      assertThat(client.status()).isEqualTo(101);
      assertThat(connect.propertyNames())
          .containsExactly(
              "headers",
              "multiValueHeaders",
              "queryStringParameters",
              "multiValueQueryStringParameters",
              "stageVariables",
              "requestContext",
              "isBase64Encoded");
      assertThat(connect.path("headers").propertyNames())
          .containsExactlyInAnyOrder(
              "Host",
              "Sec-WebSocket-Key",
              "Sec-WebSocket-Version",
              "User-Agent",
              "X-One",
              "X-Amzn-Trace-Id",
              "X-Forwarded-For",
              "X-Forwarded-Port",
              "X-Forwarded-Proto");
      assertThat(connect.at("/queryStringParameters/a").asString()).isEqualTo("2");
      assertThat(connect.at("/multiValueQueryStringParameters/a").toString())
          .isEqualTo("[\"1\",\"2\"]");
      assertThat(connect.path("requestContext").propertyNames())
          .containsExactly(
              "routeKey",
              "eventType",
              "extendedRequestId",
              "requestTime",
              "messageDirection",
              "stage",
              "connectedAt",
              "requestTimeEpoch",
              "identity",
              "requestId",
              "domainName",
              "connectionId",
              "apiId");
      String id = connect.at("/requestContext/connectionId").asString();
      assertThat(id).matches("[A-Za-z0-9_-]{14}[AEIMQUYcgkosw048]=");
      assertThat(connect.at("/requestContext/domainName").asString())
          .isEqualTo(RunningSockets.HOST);
      assertThat(connect.at("/requestContext/identity").toString())
          .isEqualTo("{\"userAgent\":\"probe/1\",\"sourceIp\":\"127.0.0.1\"}");

      client.text("hello");
      JsonNode message = event(invocations, "$default");
      assertThat(message.propertyNames())
          .containsExactly("stageVariables", "requestContext", "body", "isBase64Encoded");
      assertThat(message.path("body").asString()).isEqualTo("hello");
      assertThat(message.at("/requestContext/messageId").asString()).endsWith(id.substring(8));
      assertThat(message.at("/requestContext/eventType").asString()).isEqualTo("MESSAGE");
      assertThat(message.at("/requestContext/connectedAt"))
          .isEqualTo(connect.at("/requestContext/connectedAt"));

      client.close(4001, "bye");
      JsonNode disconnect = event(invocations, "$disconnect");
      assertThat(disconnect.path("headers").toString())
          .isEqualTo(
              "{\"Host\":\"%s\",\"x-api-key\":\"\",\"X-Forwarded-For\":\"\",\"x-restapi\":\"\"}"
                  .formatted(RunningSockets.HOST));
      assertThat(disconnect.path("requestContext").propertyNames())
          .containsExactly(
              "routeKey",
              "disconnectStatusCode",
              "eventType",
              "extendedRequestId",
              "requestTime",
              "messageDirection",
              "disconnectReason",
              "stage",
              "connectedAt",
              "requestTimeEpoch",
              "identity",
              "requestId",
              "domainName",
              "connectionId",
              "apiId");
      assertThat(disconnect.at("/requestContext/disconnectStatusCode").asInt()).isEqualTo(4001);
      assertThat(disconnect.at("/requestContext/disconnectReason").asString()).isEqualTo("bye");
      client.close();
    }
  }

  private static JsonNode event(
      BlockingQueue<FunctionInvoker.Invocation> invocations, String routeKey) throws Exception {
    FunctionInvoker.Invocation invocation = invocations.poll(10, TimeUnit.SECONDS);
    assertThat(invocation).as(routeKey).isNotNull();
    assertThat(invocation.sourceArn())
        .isEqualTo("arn:aws:execute-api:us-east-1:123456789012:ws1b2c3d4e/prod/" + routeKey);
    return Json.mapper().readTree(invocation.payload());
  }

  @Test
  void aThrottledMessageIsToldSo() throws Exception {
    SocketDefinitions api = answering(new SocketDefinitions(), "join").throttle(0.001, 1);
    try (RunningSockets gateway = RunningSockets.serving(api);
        RawWebSocket client = gateway.connect()) {
      client.text("{\"action\":\"join\"}");
      assertThat(client.message()).isEqualTo("to join");
      client.text("{\"action\":\"join\"}");
      assertThat(client.message()).startsWith("{\"message\": \"Too Many Requests\"");
    }
  }

  @Test
  void aDeploymentAppliesToTheNextMessageAndADeletedApiClosesNothing() throws Exception {
    try (RunningSockets gateway =
            RunningSockets.serving(answering(new SocketDefinitions(), "join"));
        RawWebSocket client = gateway.connect()) {
      gateway.gateway().publish(answering(new SocketDefinitions(), "leave").release());
      client.text("{\"action\":\"leave\"}");
      assertThat(client.message()).isEqualTo("to leave");
      client.text("{\"action\":\"join\"}");
      assertThat(client.message()).contains("Forbidden");
      gateway.gateway().withdraw(SocketDefinitions.API_ID);
      client.text("{\"action\":\"leave\"}");
      assertThat(client.message()).contains("Forbidden");
      gateway.gateway().publish(answering(new SocketDefinitions(), "back").release());
      client.text("{\"action\":\"back\"}");
      assertThat(client.message()).isEqualTo("to back");
    }
  }

  @Test
  void manyMessagesInOneReadAreAllAnswered() throws Exception {
    BlockingQueue<CompletableFuture<FunctionInvoker.Result>> held = new LinkedBlockingQueue<>();
    FunctionInvoker functions =
        invocation -> {
          CompletableFuture<FunctionInvoker.Result> result = new CompletableFuture<>();
          held.add(result);
          return result;
        };
    SocketDefinitions api = new SocketDefinitions().function("$default", "f", true);
    try (RunningSockets gateway = RunningSockets.serving(api, functions);
        RawWebSocket client = gateway.connect()) {
      int count = 500;
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int i = 0; i < count; i++) {
        all.writeBytes(RawWebSocket.masked(0x81, ("m" + i).getBytes(StandardCharsets.UTF_8)));
      }
      client.bytes(all.toByteArray());
      for (int i = 0; i < count; i++) {
        CompletableFuture<FunctionInvoker.Result> result = held.poll(10, TimeUnit.SECONDS);
        assertThat(result).as("message %d", i).isNotNull();
        assertThat(held.size()).isLessThan(17);
        result.complete(
            new FunctionInvoker.Returned(
                "{\"statusCode\":200,\"body\":\"ok\"}".getBytes(StandardCharsets.UTF_8)));
      }
      for (int i = 0; i < count; i++) {
        assertThat(client.message()).isEqualTo("ok");
      }
    }
  }

  @Test
  void aRoleIsNeverIgnored() throws Exception {
    BlockingQueue<FunctionInvoker.Invocation> invocations = new LinkedBlockingQueue<>();
    FunctionInvoker functions =
        invocation -> {
          invocations.add(invocation);
          return returned("{\"statusCode\":200,\"body\":\"ok\"}");
        };
    String role = "arn:aws:iam::123456789012:role/caller";
    SocketDefinitions api =
        new SocketDefinitions()
            .role(role)
            .function("function", "f", true)
            .http("url", "http://127.0.0.1:1/", true, 1_000, Map.of())
            .role(Rights.CALLERS)
            .function("caller", "f", true);
    try (RunningSockets gateway = RunningSockets.serving(api, functions);
        RawWebSocket client = gateway.connect()) {
      client.text("{\"action\":\"function\"}");
      assertThat(client.message()).isEqualTo("ok");
      assertThat(invocations.take().rights()).isEqualTo(new Rights.Role(role));
      client.text("{\"action\":\"caller\"}");
      assertThat(client.message()).isEqualTo("ok");
      assertThat(invocations.take().rights()).isEqualTo(new Rights.Nobody());
      client.text("{\"action\":\"url\"}");
      assertThat(client.message()).contains("Internal server error");
      assertThat(invocations).isEmpty();
    }
  }
}
