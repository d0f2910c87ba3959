package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.ProbeFunction;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.SocketApi;
import dev.gatehouse.conformance.rig.Vector;
import dev.gatehouse.testkit.RawWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What becomes of messages. */
class WebSocketMessagesIT {

  private static void assertRoutes(String expression, String[] keys, String[][] messagesAndRoutes)
      throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw, expression, "")) {
        String echo = api.function(ProbeFunction.talkerArn(gw));
        for (String key : keys) {
          api.twoWay(key, echo);
        }
        api.serve();
        try (RawWebSocket socket = api.connect()) {
          for (String[] pair : messagesAndRoutes) {
            socket.text(pair[0]);
            JsonNode event = Reply.parse(socket.message());
            assertThat(event.at("/requestContext/routeKey").asString())
                .as("%s: %s", pair[0], event)
                .isEqualTo(pair[1]);
            assertThat(event.path("body").asString()).isEqualTo(pair[0]);
          }
        }
      }
    });
  }

  @Test
  @Vector({"W18", "W19", "W21", "W25"})
  void theActionPicksTheRoute() throws Exception {
    assertRoutes(
        "$request.body.action",
        new String[] {"join", "5", "$default"},
        new String[][] {
          {"{\"action\":\"join\"}", "join"},
          {"{\"action\":\"nope\"}", "$default"},
          {"hello", "$default"},
          {"{\"action\":5}", "5"},
        });
  }

  @Test
  @Vector({"W23", "W24", "W26"})
  void expressionsJoinNestAndEscape() throws Exception {
    assertRoutes(
        "${request.body.service}/${request.body.action}",
        new String[] {"chat/join", "$default"},
        new String[][] {{"{\"service\":\"chat\",\"action\":\"join\"}", "chat/join"}});
    assertRoutes(
        "$request.body.service.do",
        new String[] {"echo", "$default"},
        new String[][] {{"{\"service\":{\"do\":\"echo\"}}", "echo"}});
    assertRoutes(
        "\\$default",
        new String[] {"join", "$default"},
        new String[][] {{"{\"action\":\"join\"}", "$default"}});
  }

  @Test
  @Vector({"W20", "W22"})
  void whatNoRouteTakesIsForbiddenAndTheConnectionStays() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw)) {
        api.twoWay("join", api.mock("in"));
        api.serve();
        try (RawWebSocket socket = api.connect()) {
          for (String message : new String[] {"{\"action\":\"nope\"}", "hello"}) {
            socket.text(message);
            JsonNode frame = Reply.parse(socket.message());
            assertThat(frame.path("message").asString()).isEqualTo("Forbidden");
            assertThat(frame.propertyNames())
                .containsExactly("message", "connectionId", "requestId");
          }
          socket.text("{\"action\":\"join\"}");
          assertThat(socket.message()).isEqualTo("in");
        }
      }
    });
  }

  @Test
  @Vector({"W27", "W28", "W29", "W30"})
  void onlyTwoWayRoutesAnswer() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw, "$request.body.to", "")) {
        String talker = api.function(ProbeFunction.talkerArn(gw));
        api.oneWay("silent", talker);
        api.twoWay("$default", talker);
        api.serve();
        try (RawWebSocket socket = api.connect()) {
          socket.text("{\"to\":\"silent\"}");
          byte[] payload = "{\"statusCode\":200,\"body\":\"x\"}".getBytes(StandardCharsets.UTF_8);
          socket.text("answer:" + Base64.getUrlEncoder().encodeToString(payload));
          assertThat(socket.message()).isEqualTo("x");
          for (String failing : new String[] {"throw:oh", "null"}) {
            socket.text(failing);
            JsonNode frame = Reply.parse(socket.message());
            assertThat(frame.path("message").asString()).isEqualTo("Internal server error");
            assertThat(frame.propertyNames())
                .containsExactly("message", "connectionId", "requestId");
          }
        }
      }
    });
  }

  @Test
  @Vector({"W31", "W32", "W33", "W34", "W36"})
  void framesAndMessagesHaveLimits() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw)) {
        api.twoWay("$default", api.function(ProbeFunction.talkerArn(gw)));
        api.serve();
        byte[] part = new byte[25_000];
        Arrays.fill(part, (byte) 'a');
        try (RawWebSocket socket = api.connect()) {
          socket.frame(true, RawWebSocket.PING, new byte[] {1});
          RawWebSocket.Frame pong = socket.read();
          assertThat(pong.opcode()).isEqualTo(RawWebSocket.PONG);
          assertThat(pong.payload()).containsExactly(1);
          for (int i = 0; i < 4; i++) {
            socket.frame(i == 3, i == 0 ? RawWebSocket.TEXT : RawWebSocket.CONTINUATION, part);
          }
          JsonNode event = Reply.parse(socket.message());
          assertThat(event.path("body").asString()).hasSize(100_000);
        }
        assertCloses(api, 1003, socket -> socket.frame(true, RawWebSocket.BINARY, new byte[2]));
        assertCloses(api, 1009, socket -> socket.frame(true, RawWebSocket.TEXT, new byte[40_000]));
        assertCloses(
            api,
            1009,
            socket -> {
              for (int i = 0; i < 6; i++) {
                socket.frame(i == 5, i == 0 ? RawWebSocket.TEXT : RawWebSocket.CONTINUATION, part);
              }
            });
      }
    });
  }

  /** What is done with a socket. */
  private interface Use {
    void with(RawWebSocket socket) throws Exception;
  }

  private static void assertCloses(SocketApi api, int code, Use use) throws Exception {
    try (RawWebSocket socket = api.connect()) {
      use.with(socket);
      RawWebSocket.Frame frame = socket.read();
      assertThat(frame.opcode()).isEqualTo(RawWebSocket.CLOSE);
      assertThat(frame.code()).isEqualTo(code);
    }
  }

  @Test
  @Vector({"W46", "W47", "W48"})
  void eventsHaveTheRecordedMembers() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw);
          Backend backend = Backend.start()) {
        String talker = api.function(ProbeFunction.talkerArn(gw));
        api.oneWay("$connect", talker);
        api.oneWay("$default", talker);
        api.oneWay("$disconnect", talker);
        api.serve(",\"stageVariables\":{\"report\":\"" + backend.url() + "\"}");
        RawWebSocket socket = api.handshake("/prod?a=1&a=2");
        assertThat(socket.status()).as("%s", socket.head()).isEqualTo(101);
        JsonNode connect = Reply.parse(text(backend.taken()));
        assertThat(connect.at("/queryStringParameters/a").asString()).isEqualTo("2");
        assertThat(connect.at("/multiValueQueryStringParameters/a").toString())
            .isEqualTo("[\"1\",\"2\"]");
        socket.text("hello");
        JsonNode message = Reply.parse(text(backend.taken()));
        assertThat(message.has("headers")).isFalse();
        assertThat(message.path("body").asString()).isEqualTo("hello");
        assertThat(message.path("isBase64Encoded").isBoolean()).isTrue();
        assertThat(message.at("/requestContext/messageId").asString())
            .matches("[A-Za-z0-9_-]{15}=");
        socket.close();
        JsonNode disconnect = Reply.parse(text(backend.taken()));
        assertThat(disconnect.path("headers"))
            .isEqualTo(
                Reply.parse(
                    """
                    {"Host":"%s","x-api-key":"","X-Forwarded-For":"","x-restapi":""}\
                    """
                        .formatted(api.host())));
        assertThat(disconnect.path("multiValueHeaders").properties()).hasSize(4);
      }
    });
  }

  private static String text(Backend.Request request) {
    return new String(request.body(), StandardCharsets.UTF_8);
  }

  @Test
  @Vector("W49")
  void aMockAnswers() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw)) {
        api.twoWay("$default", api.mock("{\"ok\":1}"));
        api.serve();
        try (RawWebSocket socket = api.connect()) {
          socket.text("x");
          assertThat(socket.message()).isEqualTo("{\"ok\":1}");
        }
      }
    });
  }

  @Test
  @Vector({"W51", "W60"})
  void aUrlGetsTheMessageWithWhatIsMappedToIt() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw);
          Backend backend = Backend.start(exchange -> Backend.text(exchange, 201, "stored"))) {
        String url = "http://${stageVariables.where}/{room}";
        api.twoWay(
            "$default",
            api.url(
                url,
                """
                {"integration.request.header.connectionId":"context.connectionId",
                 "integration.request.querystring.kind":"'chat'",
                 "integration.request.path.room":"route.request.body.room"}\
                """));
        api.serve(",\"stageVariables\":{\"where\":\"" + backend.url().substring(7) + "\"}");
        try (RawWebSocket socket = api.connect()) {
          socket.text("{\"room\":\"a b\"}");
          assertThat(socket.message()).isEqualTo("stored");
          Backend.Request request = backend.taken();
          assertThat(request.method()).isEqualTo("POST");
          assertThat(request.target()).isEqualTo("/a%20b?kind=chat");
          assertThat(text(request)).isEqualTo("{\"room\":\"a b\"}");
          assertThat(request.headers().get("connectionid").getFirst())
              .matches("[A-Za-z0-9_-]{15}=");
        }
      }
    });
  }

  @Test
  @Vector("W59")
  void aDeploymentReachesOpenConnections() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw)) {
        api.twoWay("$default", api.mock("old"));
        api.serve();
        try (RawWebSocket socket = api.connect()) {
          socket.text("{\"action\":\"new\"}");
          assertThat(socket.message()).isEqualTo("old");
          api.twoWay("new", api.mock("new"));
          Reply reply =
              gw.control()
                  .patch(api.path("/stages/prod"), "{\"deploymentId\":\"" + api.deploy() + "\"}");
          assertThat(reply.status()).isEqualTo(200);
          socket.text("{\"action\":\"new\"}");
          assertThat(socket.message()).isEqualTo("new");
        }
      }
    });
  }
}
