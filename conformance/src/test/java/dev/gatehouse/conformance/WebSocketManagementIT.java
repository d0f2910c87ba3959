package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.ProbeFunction;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.SocketApi;
import dev.gatehouse.conformance.rig.Vector;
import dev.gatehouse.testkit.RawWebSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.ApiGatewayManagementApiException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GetConnectionResponse;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PayloadTooLargeException;
import tools.jackson.databind.JsonNode;

/** What backends do to connections: the AWS SDK's client and the AWS CLI, unmodified. */
class WebSocketManagementIT {

  /** What a test does with an API that tells connections' ends to a backend. */
  private interface Use {
    void with(
        RunningGatehouse gatehouse,
        SocketApi api,
        ApiGatewayManagementApiClient client,
        Backend backend)
        throws Exception;
  }

  private static void withApi(Use use) throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw);
          Backend backend = Backend.start()) {
        String talker = api.function(ProbeFunction.talkerArn(gw));
        api.twoWay("$default", talker);
        api.oneWay(
            "$disconnect",
            api.url(
                backend.url(),
                """
                {"integration.request.header.code":"context.disconnectStatusCode",
                 "integration.request.header.reason":"context.disconnectReason"}\
                """));
        api.serve();
        try (ApiGatewayManagementApiClient client = gw.connections(api.management())) {
          use.with(gw, api, client, backend);
        }
      }
    });
  }

  private static String id(RawWebSocket socket) throws Exception {
    socket.text("who am I");
    return Reply.parse(socket.message()).at("/requestContext/connectionId").asString();
  }

  private static SdkBytes bytes(String text) {
    return SdkBytes.fromString(text, StandardCharsets.UTF_8);
  }

  @Test
  @Vector({"W37", "W40", "W41"})
  void backendsPostToConnectionsAndAskAboutThem() throws Exception {
    withApi((gw, api, client, backend) -> {
      try (RawWebSocket socket = api.handshake("/prod", "User-Agent: probe/1")) {
        String id = id(socket);
        client.postToConnection(post -> post.connectionId(id).data(bytes("hi")));
        assertThat(socket.message()).isEqualTo("hi");
        String long100 = "ä".repeat(50_000);
        client.postToConnection(post -> post.connectionId(id).data(bytes(long100)));
        assertThat(socket.message()).isEqualTo(long100);
        client.postToConnection(post -> post.connectionId(id).data(bytes("x".repeat(131_072))));
        assertThat(socket.message()).hasSize(131_072);
        assertThatThrownBy(() ->
                client.postToConnection(
                    post -> post.connectionId(id).data(bytes("x".repeat(131_073)))))
            .isInstanceOf(PayloadTooLargeException.class);
        GetConnectionResponse found = client.getConnection(get -> get.connectionId(id));
        assertThat(found.identity().sourceIp()).isEqualTo("127.0.0.1");
        assertThat(found.identity().userAgent()).isEqualTo("probe/1");
        assertThat(found.lastActiveAt()).isAfterOrEqualTo(found.connectedAt());
      }
    });
  }

  @Test
  @Vector({"W38", "W42", "W43", "W44", "W45"})
  void closedConnectionsAreGone() throws Exception {
    withApi((gw, api, client, backend) -> {
      try (RawWebSocket socket = api.connect()) {
        String id = id(socket);
        client.deleteConnection(delete -> delete.connectionId(id));
        assertThat(socket.read().code()).isEqualTo(1000);
        socket.close(1000, "");
        Backend.Request end = backend.taken();
        assertThat(end.headers().get("code")).containsExactly("1000");
        assertThat(end.headers().get("reason")).containsExactly("Connection Closed Normally");
        assertThatThrownBy(() -> client.deleteConnection(delete -> delete.connectionId(id)))
            .isInstanceOf(GoneException.class);
        assertThatThrownBy(
                () -> client.postToConnection(post -> post.connectionId(id).data(bytes("hi"))))
            .isInstanceOf(GoneException.class);
        Reply gone = unsigned(gw, api, id);
        assertThat(gone.status()).isEqualTo(403);
      }
      try (RawWebSocket socket = api.connect()) {
        socket.frame(true, RawWebSocket.CLOSE, new byte[0]);
        Backend.Request end = backend.taken();
        assertThat(end.headers().get("code")).containsExactly("1005");
        assertThat(end.headers().get("reason"))
            .containsExactly("Client-side close frame status not set");
      }
      assertThatThrownBy(
              () -> client.postToConnection(post -> post.connectionId("xyz").data(bytes("hi"))))
          .isInstanceOfSatisfying(
              ApiGatewayManagementApiException.class,
              refused -> {
                assertThat(refused.statusCode()).isEqualTo(400);
                assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("BadRequestException");
              });
    });
  }

  private static Reply unsigned(RunningGatehouse gw, SocketApi api, String id) throws Exception {
    String path = api.management().getPath() + "/@connections/" + id;
    return gw.http().send("POST", path, "hi");
  }

  @Test
  @Vector("W39")
  void aConnectionThatIsNotThereYetIsGone() throws Exception {
    withGatehouse((gw, http) -> {
      BlockingQueue<Integer> statuses = new LinkedBlockingQueue<>();
      CompletableFuture<URI> management = new CompletableFuture<>();
      try (SocketApi api = SocketApi.create(gw);
          Backend backend =
              Backend.start(exchange -> {
                String id = exchange.getRequestHeaders().getFirst("id");
                try (ApiGatewayManagementApiClient client = gw.connections(management.join())) {
                  client.postToConnection(post -> post.connectionId(id).data(bytes("hi")));
                  statuses.add(200);
                } catch (GoneException gone) {
                  statuses.add(gone.statusCode());
                }
                Backend.text(exchange, 200, "");
              })) {
        api.oneWay(
            "$connect",
            api.url(backend.url(), "{\"integration.request.header.id\":\"context.connectionId\"}"));
        api.serve();
        management.complete(api.management());
        api.connect().close();
        assertThat(statuses.poll(10, TimeUnit.SECONDS)).isEqualTo(410);
      }
    });
  }

  @Test
  void theAwsCliManagesConnections() throws Exception {
    withApi((gw, api, client, backend) -> {
      try (RawWebSocket socket = api.connect()) {
        String id = id(socket);
        gw.cli(api.management())
            .json(
                "apigatewaymanagementapi",
                "post-to-connection",
                "--connection-id",
                id,
                "--cli-binary-format",
                "raw-in-base64-out",
                "--data",
                "from the CLI");
        assertThat(socket.message()).isEqualTo("from the CLI");
        JsonNode found =
            gw.cli(api.management())
                .json("apigatewaymanagementapi", "get-connection", "--connection-id", id);
        assertThat(found.path("ConnectedAt").asString("")).isNotEmpty();
        gw.cli(api.management())
            .json("apigatewaymanagementapi", "delete-connection", "--connection-id", id);
        assertThat(socket.read().code()).isEqualTo(1000);
      }
    });
  }

  @Test
  void aHostWithoutAnApiFindsConnectionsByTheirId() throws Exception {
    withApi((gw, api, client, backend) -> {
      try (RawWebSocket socket = api.connect();
          ApiGatewayManagementApiClient byHost =
              gw.connections(URI.create("http://localhost:" + gw.port() + "/prod"));
          ApiGatewayManagementApiClient otherStage =
              gw.connections(URI.create("http://localhost:" + gw.port() + "/other"))) {
        String id = id(socket);
        byHost.postToConnection(post -> post.connectionId(id).data(bytes("found")));
        assertThat(socket.message()).isEqualTo("found");
        assertThatThrownBy(() ->
                otherStage.postToConnection(post -> post.connectionId(id).data(bytes("lost"))))
            .isInstanceOfSatisfying(
                ApiGatewayManagementApiException.class,
                refused -> assertThat(refused.statusCode()).isEqualTo(403));
      }
    });
  }

  @Test
  void callsThatNobodySignedAreRefused() throws Exception {
    withApi((gw, api, client, backend) -> {
      try (RawWebSocket socket = api.connect()) {
        Reply reply = unsigned(gw, api, id(socket));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.text()).contains("Missing Authentication Token");
        List<String> forged = gw.control().signed("execute-api");
        Reply refused =
            gw.http()
                .send(
                    "POST",
                    api.management().getPath() + "/@connections/" + id(socket),
                    "hi",
                    forged.toArray(String[]::new));
        assertThat(refused.status()).isEqualTo(403);
      }
    });
  }
}
