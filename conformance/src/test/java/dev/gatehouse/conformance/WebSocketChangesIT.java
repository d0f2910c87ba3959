package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.SocketApi;
import dev.gatehouse.testkit.RawWebSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No change of an API, or of any other, closes a connection: each goes on with what is new. */
class WebSocketChangesIT {
  private static final int CONNECTIONS = 40;
  private static final int ROUNDS = 5;

  /** Changes something, and leaves connections' {@code $default} answering what it returns. */
  private interface Change {
    String make(String before) throws Exception;
  }

  private final List<RawWebSocket> sockets = new ArrayList<>();

  private static void answers(RawWebSocket socket, String expected) throws Exception {
    socket.text("{\"action\":\"what\"}");
    assertThat(socket.message()).isEqualTo(expected);
  }

  private static void done(Reply reply) {
    assertThat(reply.status()).as("%s", reply).isBetween(200, 204);
  }

  /** Everything that an API can be changed in while it serves. */
  private static List<Change> changes(
      RunningGatehouse gw, SocketApi api, String mock, String route) {
    Control control = gw.control();
    String stage = api.path("/stages/prod");
    return List.of(
        before -> {
          done(control.patch(stage, "{\"deploymentId\":\"" + api.deploy() + "\"}"));
          return before;
        },
        before -> {
          String responses = api.path("/integrations/" + mock + "/integrationresponses");
          String id = control.get(responses).json().at("/items/0/integrationResponseId").asString();
          String answer = before + "+";
          done(
              control.patch(
                  responses + "/" + id,
                  "{\"responseTemplates\":{\"$default\":\"" + answer + "\"}}"));
          done(control.patch(stage, "{\"deploymentId\":\"" + api.deploy() + "\"}"));
          return answer;
        },
        before -> {
          done(
              control.patch(
                  stage,
                  """
                  {"stageVariables":{"v":"%d"},"description":"changed","defaultRouteSettings":
                   {"throttlingRateLimit":5000,"throttlingBurstLimit":5000}}\
                  """
                      .formatted(before.length())));
          return before;
        },
        before -> {
          done(
              control.patch(
                  stage,
                  """
                  {"accessLogSettings":{"format":"$context.requestId",
                   "destinationArn":"arn:aws:logs:us-east-1:000000000000:log-group:changes"},
                   "routeSettings":{"$default":{"throttlingRateLimit":%d,
                   "throttlingBurstLimit":4000}}}\
                  """
                      .formatted(4_000 + before.length())));
          return before;
        },
        before -> {
          String more = api.twoWay("more" + before.length(), mock);
          done(control.patch(stage, "{\"deploymentId\":\"" + api.deploy() + "\"}"));
          done(control.delete(api.path("/routes/" + more)));
          return before;
        },
        before -> {
          done(control.patch(api.path("/routes/" + route), "{\"operationName\":\"renamed\"}"));
          done(
              control.patch(
                  api.path(""),
                  """
                  {"name":"renamed","routeSelectionExpression":"${request.body.action}"}\
                  """));
          done(control.patch(stage, "{\"deploymentId\":\"" + api.deploy() + "\"}"));
          return before;
        },
        before -> {
          try (SocketApi other = SocketApi.create(gw)) {
            other.twoWay("$default", other.mock("other"));
            other.serve();
          }
          return before;
        });
  }

  @Test
  void connectionsStayThroughChangesOfEveryKind() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw)) {
        String mock = api.mock("0");
        String route = api.twoWay("$default", mock);
        api.serve();
        for (int i = 0; i < CONNECTIONS; i++) {
          sockets.add(api.connect());
        }
        String answer = "0";
        int made = 0;
        for (int round = 0; round < ROUNDS; round++) {
          for (Change change : changes(gw, api, mock, route)) {
            answer = change.make(answer);
            answers(sockets.get(made++ % CONNECTIONS), answer);
          }
        }
        for (RawWebSocket socket : sockets) {
          answers(socket, answer);
        }
      } finally {
        for (RawWebSocket socket : sockets) {
          socket.close();
        }
      }
    });
  }
}
