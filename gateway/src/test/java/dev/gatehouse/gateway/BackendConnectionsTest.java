package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.upstream.BackendOptions;
import dev.gatehouse.model.Extensions;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Which connections to a backend are used again, how many there are, and what one that ends costs.
 */
class BackendConnectionsTest {

  private static RunningGateway serving(String url, BackendOptions options) throws IOException {
    return RunningGateway.serving(
        new Definitions().http("ANY /x", url, "ANY", 5_000, Map.of(), Map.of()),
        RunningGateway.options(Extensions.NONE, options, Map.of()));
  }

  private static BackendOptions options(int connections, Duration age) {
    BackendOptions usual = BackendOptions.defaults();
    return new BackendOptions(
        connections, usual.idle(), age, usual.connect(), List.of(), List.of());
  }

  private static String request(String method, String body) {
    return method
        + " /x HTTP/1.1\r\nHost: "
        + RunningGateway.HOST
        + "\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  /** Several requests on one connection to the gateway; how often the backend was connected to. */
  private static int connections(String answer, BackendOptions options) throws Exception {
    AtomicInteger connections = new AtomicInteger();
    try (Backends backend =
            new Backends(conversation -> {
              connections.incrementAndGet();
              while (!conversation.head().isEmpty()) {
                conversation.send(answer);
              }
            });
        RunningGateway gateway = serving(backend.url(), options);
        Socket client = gateway.connect()) {
      for (int i = 0; i < 5; i++) {
        client.getOutputStream().write(request("GET", "").getBytes(StandardCharsets.US_ASCII));
        readUntil(client, "\r\n\r\nok");
      }
    }
    return connections.get();
  }

  private static String readUntil(Socket client, String end) throws IOException {
    StringBuilder answer = new StringBuilder();
    while (!answer.toString().endsWith(end)) {
      int c = client.getInputStream().read();
      assertThat(c).as("after " + answer).isNotNegative();
      answer.append((char) c);
    }
    return answer.toString();
  }

  @Test
  void aConnectionIsUsedAgainUntilItIsOldOrTheBackendIsAboutToCloseIt() throws Exception {
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n";
    BackendOptions usual = BackendOptions.defaults();
    assertThat(connections(answer + "\r\nok", usual)).isEqualTo(1);
    assertThat(connections(answer + "Keep-Alive: timeout=30, max=9\r\n\r\nok", usual)).isEqualTo(1);
    assertThat(connections(answer + "Keep-Alive: timeout=1\r\n\r\nok", usual)).isEqualTo(5);
    assertThat(connections(answer + "Connection: close\r\n\r\nok", usual)).isEqualTo(5);
    assertThat(connections(answer + "\r\nok", options(10, Duration.ZERO))).isEqualTo(5);
  }

  @Test
  void thereAreNoMoreConnectionsThanMayBeAndWhoWaitsIsServed() throws Exception {
    AtomicInteger open = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (Backends backend =
            new Backends(conversation -> {
              most.accumulateAndGet(open.incrementAndGet(), Math::max);
              while (!conversation.head().isEmpty()) {
                Thread.onSpinWait();
                conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
              }
              open.decrementAndGet();
            });
        RunningGateway gateway = serving(backend.url(), options(2, Duration.ofMinutes(1)));
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> ask = () -> gateway.exchange("GET /x");
      List<Callable<String>> asks = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        asks.add(ask);
      }
      for (Future<String> answer : clients.invokeAll(asks)) {
        assertThat(answer.get()).endsWith("ok");
      }
      assertThat(most.get()).isBetween(1, 2);
    }
  }

  @Test
  void whoLeavesTheLineIsPassedOver() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    try (Backends backend =
            new Backends(conversation -> {
              while (!conversation.head().isEmpty()) {
                asked.incrementAndGet();
                awaitUninterrupted(answer);
                conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
              }
            });
        RunningGateway gateway = serving(backend.url(), options(2, Duration.ofMinutes(1)));
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Socket> sockets = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Socket socket = gateway.connect();
        socket.getOutputStream().write(request("GET", "").getBytes(StandardCharsets.US_ASCII));
        sockets.add(socket);
      }
      for (Socket left : sockets) {
        left.close();
      }
      Future<String> patient = clients.submit(() -> gateway.exchange("GET /x"));
      answer.countDown();
      assertThat(patient.get(10, TimeUnit.SECONDS)).endsWith("ok");
      assertThat(asked.get()).isLessThan(20);
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IOException(stopped);
    }
  }

  @Test
  void aBodyIsSentAgainOnAConnectionThatTheBackendClosed() throws Exception {
    Set<String> bodies = ConcurrentHashMap.newKeySet();
    try (Backends backend =
            new Backends(conversation -> {
              String head = conversation.head();
              byte[] body = conversation.in().readNBytes(Backends.length(head));
              bodies.add(new String(body, StandardCharsets.US_ASCII));
              conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
              conversation.head(); // takes the second request, and dies on it
            });
        RunningGateway gateway = serving(backend.url(), BackendOptions.defaults());
        Socket client = gateway.connect()) {
      for (int i = 0; i < 4; i++) {
        String body = ("" + i).repeat(60_000);
        client.getOutputStream().write(request("PUT", body).getBytes(StandardCharsets.US_ASCII));
        assertThat(readUntil(client, "\r\n\r\nok")).startsWith("HTTP/1.1 200 OK");
        assertThat(bodies).contains(body);
      }
    }
  }

  @Test
  void aPostOnSuchAConnectionIsNotSentTwice() throws Exception {
    AtomicInteger posts = new AtomicInteger();
    try (Backends backend =
            new Backends(conversation -> {
              for (int i = 0; i < 2; i++) {
                if (conversation.head().startsWith("POST")) {
                  posts.incrementAndGet();
                }
                if (i == 0) {
                  conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                }
              }
            });
        RunningGateway gateway = serving(backend.url(), BackendOptions.defaults());
        Socket client = gateway.connect()) {
      client.getOutputStream().write(request("GET", "").getBytes(StandardCharsets.US_ASCII));
      readUntil(client, "\r\n\r\nok");
      client.getOutputStream().write(request("POST", "").getBytes(StandardCharsets.US_ASCII));
      assertThat(readUntil(client, "}")).startsWith("HTTP/1.1 503 ");
      assertThat(posts).hasValue(1);
    }
  }

  @Test
  void connectionsThatEndUnderLoadCostNoIdempotentRequest() throws Exception {
    Set<Socket> open = ConcurrentHashMap.newKeySet();
    AtomicInteger served = new AtomicInteger();
    try (Backends backend =
            new Backends(conversation -> {
              open.add(conversation.socket());
              for (String head = conversation.head(); !head.isEmpty(); head = conversation.head()) {
                conversation.in().readNBytes(Backends.length(head));
                conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                if (served.incrementAndGet() % 50 == 0) { // all at once, as in a restart
                  for (Socket socket : open) {
                    open.remove(socket);
                    socket.close();
                  }
                }
              }
            });
        RunningGateway gateway = serving(backend.url(), BackendOptions.defaults());
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(clients.submit(() -> answered(gateway, 200)));
      }
      for (Future<Integer> each : all) {
        assertThat(each.get()).isEqualTo(200);
      }
    }
  }

  /**
   * Requests one after the other; how many were answered with 200. A connection that is cut a
   * second time, while it is new, is no stale one: those are few, and asked for again here.
   */
  private static int answered(RunningGateway gateway, int requests) throws IOException {
    int answered = 0;
    int again = 0;
    try (Socket client = gateway.connect()) {
      while (answered < requests) {
        String method = answered % 2 == 0 ? "GET" : "PUT";
        client
            .getOutputStream()
            .write(
                request(method, answered % 2 == 0 ? "" : "body")
                    .getBytes(StandardCharsets.US_ASCII));
        String answer = readAnswer(client);
        if (answer.startsWith("HTTP/1.1 200")) {
          answered++;
        } else {
          again++;
          assertThat(again).as(answer).isLessThan(requests / 20);
        }
      }
    }
    return answered;
  }

  private static String readAnswer(Socket client) throws IOException {
    String head = readUntil(client, "\r\n\r\n");
    byte[] body = client.getInputStream().readNBytes(Backends.length(head));
    return head + new String(body, StandardCharsets.US_ASCII);
  }
}
