package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Eventually;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.ScriptedBackend;
import dev.gatehouse.conformance.rig.SocketApi;
import dev.gatehouse.conformance.rig.Sockets;
import dev.gatehouse.testkit.RawWebSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;

/** What goes wrong around connections: it costs those whom it concerns, and nobody else. */
class WebSocketFaultsIT {
  private static final String END =
      """
      {"integration.request.header.id":"context.connectionId",
       "integration.request.header.code":"context.disconnectStatusCode"}\
      """;

  @TempDir static Path directory;
  private static RunningGatehouse gatehouse;

  @BeforeAll
  static void start() throws Exception {
    gatehouse = RunningGatehouse.start(directory.resolve("data"), "websocket: {drain: 500ms}\n");
  }

  @AfterAll
  static void stop() throws Exception {
    gatehouse.close();
  }

  /** Without a route for it, a message is answered with the connection's id. */
  private static String id(RawWebSocket socket) throws Exception {
    socket.text("who am I");
    return Reply.parse(socket.message()).path("connectionId").asString();
  }

  private static boolean reaches(ApiGatewayManagementApiClient client, String id, byte[] data) {
    try {
      client.postToConnection(post -> post.connectionId(id).data(SdkBytes.fromByteArray(data)));
      return true;
    } catch (GoneException gone) {
      return false;
    }
  }

  private static boolean eventuallyGone(ApiGatewayManagementApiClient client, String id)
      throws Exception {
    byte[] word = "there?".getBytes(StandardCharsets.UTF_8);
    return Eventually.eventually(
        id + " is gone",
        Duration.ofSeconds(20),
        () -> reaches(client, id, word) ? Optional.empty() : Optional.of(true));
  }

  @Test
  void whoeverDoesNotReadIsCutOffWhileOthersHear() throws Exception {
    byte[] news = "x".repeat(120_000).getBytes(StandardCharsets.UTF_8);
    try (Backend backend = Backend.start();
        SocketApi api = SocketApi.create(gatehouse)) {
      api.oneWay("$disconnect", api.url(backend.url(), END));
      api.serve();
      try (RawWebSocket deaf = api.connect();
          RawWebSocket other = api.connect();
          ApiGatewayManagementApiClient client = gatehouse.connections(api.management())) {
        String deafId = id(deaf);
        String otherId = id(other);
        int taken = 0;
        while (reaches(client, deafId, news)) {
          assertThat(taken++).as("posts of 120 KB that nobody reads").isLessThan(200);
        }
        Backend.Request end = backend.taken();
        assertThat(end.headers().get("id")).containsExactly(deafId);
        assertThat(end.headers().get("code")).containsExactly("1006");
        assertThat(reaches(client, otherId, news)).isTrue();
        assertThat(other.message()).hasSize(120_000);
      }
    }
  }

  @Test
  void manyWhoseConnectHangsAreToldInTimeAndKeepNobodyWaiting() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedBackend hangs = new ScriptedBackend();
        SocketApi api = SocketApi.create(gatehouse);
        SocketApi well = SocketApi.create(gatehouse)) {
      hangs.script(conversation -> {
        try {
          over.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
        }
      });
      String hanging =
          """
          {"integrationType":"HTTP_PROXY","integrationMethod":"POST","integrationUri":"%s",
           "timeoutInMillis":3000}\
          """
              .formatted(hangs.url());
      api.oneWay("$connect", api.integration(hanging));
      api.serve();
      well.twoWay("$default", well.mock("here"));
      well.serve();
      int before = Sockets.of(gatehouse.process().pid());
      List<CompletableFuture<Integer>> statuses = new ArrayList<>();
      for (int i = 0; i < 150; i++) {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        statuses.add(status);
        Thread.ofVirtual()
            .start(() -> {
              try (RawWebSocket socket = api.handshake("/prod")) {
                status.complete(socket.status());
              } catch (Exception cut) {
                status.completeExceptionally(cut);
              }
            });
      }
      try (RawWebSocket socket = well.connect()) {
        socket.text("anyone?");
        assertThat(socket.message()).isEqualTo("here");
      }
      for (CompletableFuture<Integer> status : statuses) {
        assertThat(status.get(30, TimeUnit.SECONDS)).isEqualTo(504);
      }
      over.countDown();
      Eventually.eventually(
          "no socket is left",
          Duration.ofSeconds(20),
          () ->
              Sockets.of(gatehouse.process().pid()) <= before + 2
                  ? Optional.of(true)
                  : Optional.empty());
    }
  }

  @Test
  void aRestartEndsConnectionsWellAndAKillLeavesNoneBehind() throws Exception {
    try (Backend backend = Backend.start();
        RunningGatehouse own =
            RunningGatehouse.start(directory.resolve("own"), "websocket: {drain: 500ms}\n");
        SocketApi api = SocketApi.create(own)) {
      api.oneWay("$disconnect", api.url(backend.url(), END));
      api.serve();
      try (ApiGatewayManagementApiClient client = own.connections(api.management())) {
        List<RawWebSocket> sockets = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          sockets.add(api.connect());
          ids.add(id(sockets.getLast()));
        }
        CompletableFuture<Integer> stopped = CompletableFuture.supplyAsync(() -> stop(own));
        for (RawWebSocket socket : sockets) {
          assertThat(socket.read().code()).isEqualTo(1001);
          socket.close(1001, "");
          socket.close();
        }
        List<String> told = new ArrayList<>();
        while (told.size() < ids.size()) {
          Backend.Request end = backend.taken();
          assertThat(end.headers().get("code")).containsExactly("1001");
          told.add(end.headers().get("id").getFirst());
        }
        assertThat(told).containsExactlyInAnyOrderElementsOf(ids);
        stopped.get(30, TimeUnit.SECONDS);
        own.restart();
        assertThat(eventuallyGone(client, ids.getFirst())).isTrue();
        try (RawWebSocket again = api.connect()) {
          String id = id(again);
          own.kill();
          assertThat(ends(again)).isTrue();
          own.restart();
          assertThat(eventuallyGone(client, id)).isTrue();
        }
        try (RawWebSocket after = api.connect()) {
          assertThat(id(after)).hasSize(16);
        }
      }
    }
  }

  private static int stop(RunningGatehouse own) {
    try {
      return own.stop();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static boolean ends(RawWebSocket socket) {
    try {
      return socket.ended();
    } catch (IOException reset) {
      return true;
    }
  }
}
