package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Program;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.ScriptedBackend;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What goes beyond AWS: off until the configuration switches it on and an integration asks for it.
 */
class ExtensionsIT {
  private static final String EVENTS =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

  @TempDir static Path directory;
  private static RunningGatehouse gatehouse;

  @BeforeAll
  static void start() throws Exception {
    gatehouse =
        RunningGatehouse.start(
            directory.resolve("data"),
            "extensions: {streaming: on, timeout: 2m, web-socket-pass-through: on}\n");
  }

  @AfterAll
  static void stop() throws Exception {
    gatehouse.close();
  }

  private static String extensions(HttpApi api, String integration) {
    return "/_gatehouse/control"
        + api.path("").replace("/v2", "")
        + "/integrations/"
        + integration
        + "/extensions";
  }

  private static Reply set(HttpApi api, String integration, String json) throws Exception {
    return gatehouse.control().send("PUT", extensions(api, integration), json);
  }

  private static String url(HttpApi api, String path) {
    return "127.0.0.1:" + gatehouse.port() + "/_gatehouse/apis/" + api.id() + path;
  }

  @Test
  void adviceNamesWhatOnlyARestApiHasOnAws() throws Exception {
    try (HttpApi api = HttpApi.create(gatehouse)) {
      String integration = api.url("http://127.0.0.1:9/", 2_000, "{}");
      api.routes(integration, "GET /events");
      api.serve();
      assertThat(set(api, integration, "{\"streaming\":true,\"timeoutInMillis\":90000}").status())
          .isEqualTo(200);
      String plan =
          "{\"name\":\"gold\",\"apiStages\":[{\"apiId\":\"%s\",\"stage\":\"$default\"}]}"
              .formatted(api.id());
      assertThat(gatehouse.control().send("POST", "/usageplans", plan).status()).isEqualTo(201);
      Program.Result advice =
          Program.run(
              directory,
              Map.of("AWS_ENDPOINT_URL", gatehouse.url().toString()),
              RunningGatehouse.launcher().toString(),
              "advise",
              api.id());
      assertThat(advice.output())
          .contains("usage plan gold", "API keys and usage plans")
          .contains("streamed answers", "a timeout beyond 30 seconds", "71 % less");
    }
  }

  @Test
  void eventsReachAClientAsTheyCome() throws Exception {
    Semaphore more = new Semaphore(0);
    try (ScriptedBackend backend = new ScriptedBackend();
        HttpApi api = HttpApi.create(gatehouse);
        HttpClient client = HttpClient.newHttpClient()) {
      backend.script(conversation -> {
        conversation.request();
        conversation.send(EVENTS);
        for (int i = 0; i < 5; i++) {
          conversation.send("9\r\ndata: " + i + "\n\n\r\n");
          assertThat(more.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        }
        conversation.send("0\r\n\r\n");
      });
      String integration = api.url(backend.url(), 2_000, "{}");
      api.routes(integration, "GET /events");
      assertThat(set(api, integration, "{\"streaming\":true}").status()).isEqualTo(200);
      api.serve();
      HttpResponse<Stream<String>> response =
          client.send(
              HttpRequest.newBuilder(URI.create("http://" + url(api, "/events"))).build(),
              HttpResponse.BodyHandlers.ofLines());
      assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
      StringBuilder got = new StringBuilder();
      try (Stream<String> lines = response.body()) {
        lines
            .filter(line -> !line.isEmpty())
            .forEach(line -> {
              got.append(line).append(' ');
              more.release(); // only now does the backend send the next one
            });
      }
      assertThat(got.toString()).isEqualTo("data: 0 data: 1 data: 2 data: 3 data: 4 ");
    }
  }

  @Test
  void aWebSocketClientTalksToItsBackend() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    try (ScriptedBackend backend = new ScriptedBackend();
        HttpApi api = HttpApi.create(gatehouse)) {
      backend.script(ExtensionsIT::echo);
      String integration = api.url(backend.url(), 1_000, "{}");
      api.routes(integration, "$default");
      assertThat(set(api, integration, "{\"webSocket\":true}").status()).isEqualTo(200);
      api.serve();
      CompletableFuture<String> answer = new CompletableFuture<>();
      CompletableFuture<Integer> closed = new CompletableFuture<>();
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .buildAsync(URI.create("ws://" + url(api, "/chat")), listener(answer, closed))
              .get(20, TimeUnit.SECONDS);
      socket.sendText("hello", true).get(20, TimeUnit.SECONDS);
      assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("hello");
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(20, TimeUnit.SECONDS);
      assertThat(closed.get(20, TimeUnit.SECONDS)).isEqualTo(WebSocket.NORMAL_CLOSURE);
    } finally {
      client.shutdownNow();
    }
  }

  /** A WebSocket server of the smallest kind: short frames come back unmasked, the close too. */
  private static void echo(ScriptedBackend.Conversation conversation) throws Exception {
    String head = conversation.head();
    String key = head.replaceAll("(?is).*sec-websocket-key: *(\\S+).*", "$1");
    byte[] accept =
        MessageDigest.getInstance("SHA-1")
            .digest(
                (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
    conversation.send(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + Base64.getEncoder().encodeToString(accept)
            + "\r\n\r\n");
    for (int first = conversation.in().read(); first >= 0; first = conversation.in().read()) {
      int length = conversation.in().read() & 0x7f;
      byte[] mask = conversation.in().readNBytes(4);
      byte[] text = conversation.in().readNBytes(length);
      for (int i = 0; i < length; i++) {
        text[i] ^= mask[i % 4];
      }
      conversation.out().write(first);
      conversation.out().write(length);
      conversation.out().write(text);
      conversation.out().flush();
    }
  }

  private static WebSocket.Listener listener(
      CompletableFuture<String> answer, CompletableFuture<Integer> closed) {
    return new WebSocket.Listener() {
      @Override
      public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        answer.complete(data.toString());
        socket.request(1);
        return null;
      }

      @Override
      public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        closed.complete(status);
        return null;
      }
    };
  }

  @Test
  void aTimeoutMayBeLongerThanAwss() throws Exception {
    try (Backend backend = Backend.start();
        HttpApi api = HttpApi.create(gatehouse)) {
      String integration = api.url(backend.url());
      api.routes(integration, "GET /x");
      assertThat(set(api, integration, "{\"timeoutInMillis\":120000}").status()).isEqualTo(200);
      assertThat(set(api, integration, "{\"timeoutInMillis\":120001}").status()).isEqualTo(400);
      api.serve();
      assertThat(api.get("/x").text()).isEqualTo("ok");
      assertThat(gatehouse.control().get(extensions(api, integration)).text())
          .isEqualTo("{\"timeoutInMillis\":120000}");
      JsonNode shown = gatehouse.control().get(api.path("/integrations/" + integration)).json();
      assertThat(shown.path("timeoutInMillis").asInt()).isEqualTo(30_000);
      assertThat(shown.has("extensions")).isFalse();
    }
  }

  @Test
  void whatIsSetOutlivesARestart() throws Exception {
    try (Backend backend = Backend.start();
        HttpApi api = HttpApi.create(gatehouse)) {
      String integration = api.url(backend.url());
      assertThat(set(api, integration, "{\"webSocket\":true}").status()).isEqualTo(200);
      gatehouse.stop();
      gatehouse.restart();
      assertThat(gatehouse.control().get(extensions(api, integration)).text())
          .isEqualTo("{\"webSocket\":true}");
    }
  }
}
