package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.conformance.rig.Archive;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Program;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.ScriptedBackend;
import java.io.IOException;
import java.io.InputStream;
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
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
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

  /** Writes, waits until it is told of in a bucket, or just a while, and writes again. */
  private static final String NODE =
      """
      const { setTimeout: pause } = require('node:timers/promises');
      exports.handler = awslambda.streamifyResponse(async (event, out) => {
        const mode = event.rawPath.split('/').pop();
        if (mode === 'plain') {
          out.setContentType('text/event-stream');
        } else {
          out = awslambda.HttpResponseStream.from(out, {
            statusCode: 202, headers: { 'x-mode': mode, 'content-type': 'text/plain' }, cookies: ['a=b'] });
        }
        out.write('first ');
        await pause(mode === 'long' ? 20000 : 300);
        if (mode === 'broken') throw new Error('half way');
        if (mode === 'exit') process.exit(3);
        if (mode === 'large') for (let i = 0; i < 300; i++) {
          if (!out.write(Buffer.alloc(65536, 'x'))) await new Promise(r => out.once('drain', r));
        }
        out.end('last');
      });
      """;

  /** The same through the Runtime API alone, as a runtime of one's own does it. */
  private static final String PROVIDED =
      """
      #!/usr/bin/python3
      import http.client, os, time
      api = http.client.HTTPConnection(os.environ['AWS_LAMBDA_RUNTIME_API'])
      base = '/2018-06-01/runtime/invocation/'
      while True:
          api.request('GET', base + 'next')
          event = api.getresponse()
          event.read()
          def parts():
              yield b'{"statusCode":202,"headers":{"x-mode":"own"}}' + bytes(8)
              yield b'first '
              time.sleep(0.3)
              yield b'last'
          api.request('POST', base + event.headers['Lambda-Runtime-Aws-Request-Id'] + '/response',
              body=parts(), encode_chunked=True, headers={
                  'Transfer-Encoding': 'chunked', 'Lambda-Runtime-Function-Response-Mode': 'streaming',
                  'Content-Type': 'application/vnd.awslambda.http-integration-response'})
          api.getresponse().read()
      """;

  private static HttpResponse<InputStream> open(HttpClient client, HttpApi api, String path)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://" + url(api, path))).build(),
        HttpResponse.BodyHandlers.ofInputStream());
  }

  private static String whole(HttpClient client, HttpApi api, String path) throws Exception {
    try (InputStream body = open(client, api, path).body()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aFunctionInNodeStreamsToTheClient() throws Exception {
    try (LambdaClient lambda = gatehouse.lambda();
        HttpApi api = HttpApi.create(gatehouse);
        HttpClient client = HttpClient.newHttpClient()) {
      String arn =
          Functions.create(
              lambda,
              "streaming-node",
              Functions.installed("node"),
              "index.handler",
              Archive.of(Map.of("index.js", NODE)),
              Map.of());
      Functions.open(lambda, "streaming-node");
      String integration = api.function(arn);
      api.routes(integration, "$default");
      api.routes(api.function(arn), "GET /held/{mode}");
      assertThat(set(api, integration, "{\"streaming\":true}").status()).isEqualTo(200);
      api.serve();
      // Off unless the integration asks: all that the function wrote is the body, its head too.
      assertThat(api.get("/held/plain").text()).isEqualTo("first last");
      assertThat(api.get("/held/x").text())
          .startsWith("{\"statusCode\":202,")
          .endsWith("first last");

      HttpResponse<InputStream> early = open(client, api, "/long");
      try (InputStream body = early.body()) { // 20 s before the function ends
        assertThat(early.statusCode()).isEqualTo(202);
        assertThat(early.headers().firstValue("x-mode")).contains("long");
        assertThat(early.headers().firstValue("set-cookie")).contains("a=b");
        assertThat(new String(body.readNBytes(6), StandardCharsets.UTF_8)).isEqualTo("first ");
      }
      assertThat(whole(client, api, "/x")).isEqualTo("first last");
      assertThat(whole(client, api, "/large")).hasSize(300 * 65536 + 10);
      HttpResponse<InputStream> plain = open(client, api, "/plain");
      assertThat(plain.statusCode()).isEqualTo(200);
      assertThat(plain.headers().firstValue("content-type")).contains("text/event-stream");
      plain.body().close();
      assertThatThrownBy(() -> whole(client, api, "/broken")).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> whole(client, api, "/exit")).isInstanceOf(IOException.class);
      assertThat(whole(client, api, "/y")).isEqualTo("first last");
      // The Invoke call does not stream: an answer that breaks off is an error of the function.
      InvokeResponse broken =
          lambda.invoke(r ->
              r.functionName("streaming-node")
                  .payload(SdkBytes.fromUtf8String("{\"rawPath\":\"/broken\"}")));
      assertThat(broken.functionError()).isEqualTo("Unhandled");
      assertThat(broken.payload().asUtf8String()).contains("half way");
      lambda.deleteFunction(r -> r.functionName("streaming-node"));
    }
  }

  @Test
  void aRuntimeOfOnesOwnStreamsToTheClient() throws Exception {
    try (LambdaClient lambda = gatehouse.lambda();
        HttpApi api = HttpApi.create(gatehouse);
        HttpClient client = HttpClient.newHttpClient()) {
      String arn =
          Functions.create(
              lambda,
              "streaming-own",
              "provided.al2023",
              "any",
              Archive.executable("bootstrap", PROVIDED),
              Map.of());
      Functions.open(lambda, "streaming-own");
      String integration = api.function(arn);
      api.routes(integration, "$default");
      assertThat(set(api, integration, "{\"streaming\":true}").status()).isEqualTo(200);
      api.serve();
      for (int i = 0; i < 3; i++) {
        HttpResponse<InputStream> answer = open(client, api, "/x");
        assertThat(answer.headers().firstValue("x-mode")).contains("own");
        try (InputStream body = answer.body()) {
          assertThat(body.readAllBytes()).asString().isEqualTo("first last");
        }
      }
      lambda.deleteFunction(r -> r.functionName("streaming-own"));
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
