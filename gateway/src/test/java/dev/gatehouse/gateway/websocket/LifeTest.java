package dev.gatehouse.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.testkit.RawWebSocket;
import dev.gatehouse.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How connections end, and who hears of it. */
class LifeTest {
  private static final byte[] GOOD = "{\"statusCode\":200}".getBytes(StandardCharsets.UTF_8);
  private final BlockingQueue<JsonNode> ends = new LinkedBlockingQueue<>();

  private FunctionInvoker noting() {
    return invocation -> {
      JsonNode event = Json.mapper().readTree(invocation.payload());
      if (event.at("/requestContext/eventType").asString().equals("DISCONNECT")) {
        ends.add(event.path("requestContext"));
      }
      return CompletableFuture.completedFuture(new FunctionInvoker.Returned(GOOD));
    };
  }

  private static SocketDefinitions api() {
    return new SocketDefinitions()
        .function("$connect", "f", false)
        .function("$disconnect", "f", false)
        .function("$default", "f", true);
  }

  private static WebSocketOptions options(Duration idle, Duration lifetime) {
    return new WebSocketOptions(32 * 1024, 128 * 1024, idle, lifetime, 0, Duration.ofMillis(100));
  }

  private void assertEnd(int code, String reason) throws InterruptedException {
    JsonNode end = ends.poll(10, TimeUnit.SECONDS);
    assertThat(end).isNotNull();
    assertThat(end.path("disconnectStatusCode").asInt()).isEqualTo(code);
    assertThat(end.path("disconnectReason").asString()).isEqualTo(reason);
    assertThat(ends).isEmpty();
  }

  @Test
  void aSilentConnectionIsClosed() throws Exception {
    WebSocketOptions options = options(Duration.ofMillis(1_500), Duration.ofHours(1));
    try (RunningSockets gateway = RunningSockets.serving(api(), noting(), options);
        RawWebSocket silent = gateway.connect();
        RawWebSocket alive = gateway.connect()) {
      long start = System.nanoTime();
      CompletableFuture<RawWebSocket.Frame> last = reading(silent);
      while (!last.isDone()) {
        alive.frame(true, RawWebSocket.PING, new byte[0]);
        assertThat(alive.read().opcode()).isEqualTo(RawWebSocket.PONG);
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
      }
      assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(1_400));
      assertThat(last.join().code()).isEqualTo(1001);
      assertThat(last.join().text()).endsWith("Going away");
      silent.close(1001, "");
      assertEnd(1001, "Going away");
    }
  }

  private static CompletableFuture<RawWebSocket.Frame> reading(RawWebSocket client) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return client.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  @Test
  void anOldConnectionIsClosedHoweverBusy() throws Exception {
    WebSocketOptions options = options(Duration.ofHours(1), Duration.ofMillis(1_500));
    try (RunningSockets gateway = RunningSockets.serving(api(), noting(), options);
        RawWebSocket client = gateway.connect()) {
      RawWebSocket.Frame frame = null;
      while (frame == null || frame.opcode() != RawWebSocket.CLOSE) {
        client.frame(true, RawWebSocket.PING, new byte[0]);
        frame = client.read();
      }
      assertThat(frame.code()).isEqualTo(1001);
      client.close(1001, "");
      assertEnd(1001, "Going away");
    }
  }

  @Test
  void everyWayToGoIsTold() throws Exception {
    try (RunningSockets gateway = RunningSockets.serving(api(), noting())) {
      try (RawWebSocket client = gateway.connect()) {
        client.frame(true, RawWebSocket.CLOSE, new byte[0]);
        assertEnd(1005, "Client-side close frame status not set");
      }
      try (RawWebSocket client = gateway.connect()) {
        client.close(1000, "");
        assertEnd(1000, "");
      }
      try (RawWebSocket client = gateway.connect()) {
        client.socket().setSoLinger(true, 0);
      }
      assertEnd(1006, "Connection closed abnormally");
      try (RawWebSocket client = gateway.connect()) {
        client.frame(true, RawWebSocket.BINARY, new byte[1]);
        client.read();
        client.socket().close();
        assertEnd(1003, "Binary frames are not supported");
      }
    }
  }

  @Test
  void aBusyFunctionHearsOfEveryoneAfterAll() throws Exception {
    AtomicInteger atWork = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Set<String> told = ConcurrentHashMap.newKeySet();
    FunctionInvoker busy =
        invocation -> {
          CompletableFuture<FunctionInvoker.Result> result = new CompletableFuture<>();
          most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
          CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS)
              .execute(() -> {
                boolean refused = atWork.getAndDecrement() > 3;
                if (!refused) {
                  told.add(
                      Json.mapper()
                          .readTree(invocation.payload())
                          .at("/requestContext/connectionId")
                          .asString());
                }
                result.complete(
                    refused ? new FunctionInvoker.Throttled() : new FunctionInvoker.Returned(GOOD));
              });
          return result;
        };
    int count = 300;
    SocketDefinitions api = new SocketDefinitions().function("$disconnect", "f", false);
    try (RunningSockets gateway = RunningSockets.serving(api, busy)) {
      List<RawWebSocket> clients = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        clients.add(gateway.connect());
      }
      for (RawWebSocket client : clients) {
        client.socket().setSoLinger(true, 0);
        client.close();
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (told.size() < count && System.nanoTime() < end) {
        Thread.onSpinWait();
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(told).hasSize(count);
      assertThat(most.get()).isLessThanOrEqualTo(16);
    }
  }

  @Test
  void stoppingClosesEveryConnectionAndTellsTheirBackends() throws Exception {
    WebSocketOptions options =
        new WebSocketOptions(
            32 * 1024,
            128 * 1024,
            Duration.ofHours(1),
            Duration.ofHours(1),
            0,
            Duration.ofSeconds(1));
    List<RawWebSocket> clients = new ArrayList<>();
    Set<Integer> codes = new HashSet<>();
    RunningSockets gateway = RunningSockets.serving(api(), noting(), options);
    for (int i = 0; i < 50; i++) {
      clients.add(gateway.connect());
    }
    Thread closing = Thread.ofVirtual().start(gateway::close);
    for (RawWebSocket client : clients) {
      codes.add(client.read().code());
      client.close(1001, "");
      client.close();
    }
    closing.join();
    assertThat(codes).containsExactly(1001);
    assertThat(ends).hasSize(50);
  }

  @Test
  void whoAsksForMoreBeforeBeingLetInIsSeenOff() throws Exception {
    try (RunningSockets gateway = RunningSockets.serving(api(), noting())) {
      String more = "X: y\r\n\r\nGET /prod HTTP/1.1\r\nHost: " + RunningSockets.HOST;
      assertThatThrownBy(() -> gateway.handshake("/prod", more)).isInstanceOf(IOException.class);
      assertEnd(1006, "Connection closed abnormally");
    }
  }

  @Test
  void whileItStopsNobodyIsLetIn() throws Exception {
    CompletableFuture<FunctionInvoker.Result> held = new CompletableFuture<>();
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    FunctionInvoker functions =
        invocation -> {
          told.add(invocation.functionArn());
          return held;
        };
    SocketDefinitions api = new SocketDefinitions().function("$disconnect", "f", false);
    RunningSockets gateway = RunningSockets.serving(api, functions);
    RawWebSocket open = gateway.connect();
    Thread closing = Thread.ofVirtual().start(gateway::close);
    assertThat(open.read().code()).isEqualTo(1001);
    open.close(1001, "");
    assertThat(told.poll(10, TimeUnit.SECONDS)).isNotNull();
    try (RawWebSocket late = gateway.handshake("/prod")) {
      assertThat(late.status()).isEqualTo(503);
      assertThat(late.body()).contains("Service Unavailable");
    }
    held.complete(new FunctionInvoker.Returned(GOOD));
    closing.join();
    open.close();
  }

  /** Functions that answer well, but one type of event when a test says so. */
  private static FunctionInvoker answeringLater(
      String type, CompletableFuture<FunctionInvoker.Result> answer, BlockingQueue<String> asked) {
    return invocation -> {
      JsonNode event = Json.mapper().readTree(invocation.payload());
      String of = event.at("/requestContext/eventType").asString();
      asked.add(of);
      return of.equals(type)
          ? answer
          : CompletableFuture.completedFuture(new FunctionInvoker.Returned(GOOD));
    };
  }

  @Test
  void whoIsLetInWhileItStopsIsSeenOff() throws Exception {
    CompletableFuture<FunctionInvoker.Result> hanging = new CompletableFuture<>();
    BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    FunctionInvoker functions = answeringLater("CONNECT", hanging, asked);
    RunningSockets gateway = RunningSockets.serving(api(), functions);
    CompletableFuture<RawWebSocket> handshake =
        CompletableFuture.supplyAsync(() -> {
          try {
            return gateway.handshake("/prod");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    assertThat(asked.poll(10, TimeUnit.SECONDS)).isEqualTo("CONNECT");
    Thread closing = Thread.ofVirtual().start(gateway::close);
    while (closing.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait(); // until it waits for the handshake
    }
    hanging.complete(new FunctionInvoker.Returned(GOOD));
    try (RawWebSocket late = handshake.get(10, TimeUnit.SECONDS)) {
      assertThat(late.status()).isEqualTo(101);
      assertThat(late.read().code()).isEqualTo(1001);
      late.close(1001, "");
      assertThat(asked.poll(10, TimeUnit.SECONDS)).isEqualTo("DISCONNECT");
    }
    closing.join();
  }

  @Test
  void whoeverDoesNotReadIsGivenUp() throws Exception {
    byte[] big =
        ("{\"statusCode\":200,\"body\":\"" + "x".repeat(100_000) + "\"}")
            .getBytes(StandardCharsets.UTF_8);
    FunctionInvoker functions =
        invocation -> {
          JsonNode event = Json.mapper().readTree(invocation.payload());
          if (event.at("/requestContext/eventType").asString().equals("DISCONNECT")) {
            ends.add(event.path("requestContext"));
          }
          return CompletableFuture.completedFuture(new FunctionInvoker.Returned(big));
        };
    try (RunningSockets gateway = RunningSockets.serving(api(), functions);
        RawWebSocket client = gateway.connect()) {
      byte[] message = RawWebSocket.masked(0x81, "x".getBytes(StandardCharsets.UTF_8));
      Thread.ofVirtual()
          .start(() -> {
            try {
              for (int i = 0; i < 10_000; i++) {
                client.bytes(message);
              }
            } catch (IOException givenUp) {
              // as it should be
            }
          });
      JsonNode end = ends.poll(15, TimeUnit.SECONDS);
      assertThat(end).isNotNull();
      assertThat(end.path("disconnectStatusCode").asInt()).isEqualTo(1006);
    }
  }

  @Test
  void anAnswerWhoseConnectionIsGoneIsDropped() throws Exception {
    CompletableFuture<FunctionInvoker.Result> late = new CompletableFuture<>();
    BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    FunctionInvoker functions = answeringLater("MESSAGE", late, asked);
    try (RunningSockets gateway = RunningSockets.serving(api(), functions)) {
      try (RawWebSocket client = gateway.connect()) {
        assertThat(asked.poll(10, TimeUnit.SECONDS)).isEqualTo("CONNECT");
        client.text("x");
        assertThat(asked.poll(10, TimeUnit.SECONDS)).isEqualTo("MESSAGE");
      }
      assertThat(asked.poll(10, TimeUnit.SECONDS)).isEqualTo("DISCONNECT");
      late.complete(
          new FunctionInvoker.Returned(
              "{\"statusCode\":200,\"body\":\"late\"}".getBytes(StandardCharsets.UTF_8)));
      try (RawWebSocket other = gateway.connect()) {
        other.frame(true, RawWebSocket.PING, new byte[0]);
        assertThat(other.read().opcode()).isEqualTo(RawWebSocket.PONG);
      }
    }
  }

  @Test
  void aClientThatGoesWhileItsConnectHangsIsSeenOff() throws Exception {
    CompletableFuture<FunctionInvoker.Result> hanging = new CompletableFuture<>();
    BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    FunctionInvoker functions = answeringLater("CONNECT", hanging, asked);
    try (RunningSockets gateway = RunningSockets.serving(api(), functions)) {
      Thread client =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  gateway.handshake("/prod").close();
                } catch (IOException e) {
                  // interrupted below
                }
              });
      assertThat(asked.poll(10, TimeUnit.SECONDS)).isEqualTo("CONNECT");
      client.interrupt(); // closes its socket
      client.join();
      hanging.complete(new FunctionInvoker.Returned(GOOD));
      assertThat(asked.poll(10, TimeUnit.SECONDS)).isEqualTo("DISCONNECT");
    }
  }

  @Test
  void everyEventHasItsLine() throws Exception {
    SocketDefinitions api =
        api()
            .log(
                "$context.eventType $context.routeKey $context.status $context.messageId"
                    + " $context.connectionId $context.requestId $context.identity.sourceIp");
    try (RunningSockets gateway = RunningSockets.serving(api, noting());
        RawWebSocket client = gateway.connect()) {
      client.text("x");
      assertThat(gateway.log().poll(10, TimeUnit.SECONDS))
          .matches("CONNECT \\$connect 200 - \\S{16} \\S{16} 127.0.0.1");
      assertThat(gateway.log().poll(10, TimeUnit.SECONDS))
          .matches("MESSAGE \\$default 200 \\S{16} \\S{16} \\S{16} 127.0.0.1");
      client.close(1000, "");
      assertThat(gateway.log().poll(10, TimeUnit.SECONDS))
          .matches("DISCONNECT \\$disconnect 200 - \\S{16} \\S{16} 127.0.0.1");
    }
  }
}
