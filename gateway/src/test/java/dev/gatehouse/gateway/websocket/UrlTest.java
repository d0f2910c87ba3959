package dev.gatehouse.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.testkit.RawWebSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Events that go to URLs. */
class UrlTest {
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

  private HttpServer backend(int status, byte[] body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Content-type")
                  + " "
                  + exchange.getRequestHeaders().getFirst("Sec-websocket-version")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/in?k=v";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void everyEventReachesItsUrl() throws Exception {
    HttpServer server = backend(200, utf8("{\"ok\":true}"));
    SocketDefinitions api =
        new SocketDefinitions()
            .http("$connect", url(server), false, 5_000, Map.of())
            .http("$default", url(server), true, 5_000, Map.of())
            .http(
                "$disconnect",
                url(server),
                false,
                5_000,
                Map.of("integration.request.querystring.code", "context.disconnectStatusCode"));
    try (RunningSockets gateway = RunningSockets.serving(api)) {
      try (RawWebSocket client = gateway.handshake("/prod?a=1")) {
        assertThat(client.status()).isEqualTo(101);
        assertThat(asked.take()).isEqualTo("POST /in?k=v&a=1 null 13 ");
        client.text("{}");
        assertThat(client.message()).isEqualTo("{\"ok\":true}");
        assertThat(asked.take()).isEqualTo("POST /in?k=v application/json null {}");
        client.close(1000, "");
        assertThat(asked.take()).isEqualTo("POST /in?k=v&code=1000 null null ");
      }
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aUrlsStatusDecidesOnAConnection() throws Exception {
    HttpServer server = backend(403, new byte[0]);
    SocketDefinitions api =
        new SocketDefinitions().http("$connect", url(server), false, 5_000, Map.of());
    try (RunningSockets gateway = RunningSockets.serving(api);
        RawWebSocket client = gateway.handshake("/prod")) {
      assertThat(client.status()).isEqualTo(403);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void backendsThatFailFailTheirEvent() throws Exception {
    HttpServer huge = backend(200, new byte[131_073]);
    HttpServer odd = backend(200, new byte[] {(byte) 0xff});
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String dead = "http://127.0.0.1:1/";
      String hanging = "http://127.0.0.1:" + silent.getLocalPort() + "/";
      SocketDefinitions api =
          new SocketDefinitions()
              .http("dead", dead, false, 5_000, Map.of())
              .http("hanging", hanging, false, 300, Map.of())
              .http("huge", url(huge), true, 5_000, Map.of())
              .http("odd", url(odd), true, 5_000, Map.of());
      try (RunningSockets gateway = RunningSockets.serving(api);
          RawWebSocket client = gateway.connect()) {
        for (String failing : new String[] {"dead", "hanging", "huge", "odd"}) {
          client.text("{\"action\":\"" + failing + "\"}");
          assertThat(client.message()).as(failing).contains("Internal server error");
        }
      }
      for (String[] pair : new String[][] {{dead, "502"}, {hanging, "504"}}) {
        SocketDefinitions connect =
            new SocketDefinitions().http("$connect", pair[0], false, 300, Map.of());
        try (RunningSockets gateway = RunningSockets.serving(connect);
            RawWebSocket client = gateway.handshake("/prod")) {
          assertThat(client.status()).isEqualTo(Integer.parseInt(pair[1]));
        }
      }
    } finally {
      huge.stop(0);
      odd.stop(0);
    }
  }

  @Test
  void aMocksStatusPicksTheAnswer() throws Exception {
    SocketDefinitions api =
        new SocketDefinitions()
            .mock("a", "{\"statusCode\":404}", Map.of("/4\\d\\d/", "client", "$default", "rest"))
            .mock("b", "{\"statusCode\":200}", Map.of("/4\\d\\d/", "client"))
            .mock("c", "no JSON", Map.of("$default", "rest"))
            .mock("d", "{\"statusCode\":$x}", Map.of("$default", "rest"));
    try (RunningSockets gateway = RunningSockets.serving(api);
        RawWebSocket client = gateway.connect()) {
      client.text("{\"action\":\"a\"}");
      assertThat(client.message()).isEqualTo("client");
      for (String failing : new String[] {"b", "c", "d"}) {
        client.text("{\"action\":\"" + failing + "\"}");
        assertThat(client.message()).as(failing).contains("Internal server error");
      }
    }
  }
}
