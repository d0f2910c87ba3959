package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.conformance.rig.Archive;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.ProbeFunction;
import dev.gatehouse.conformance.rig.Program;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.SocketApi;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * HTTP/2 where it is switched on, by clients that others wrote: node's HTTP/2 with Debian's {@code
 * ws} on a stream of it (RFC 8441), and curl.
 */
class Http2IT {
  private static final String WEBSOCKET =
      """
      const http2 = require('http2'), fs = require('fs'), WebSocket = require('ws');
      const [origin, path, ca] = process.argv.slice(1);
      const session = http2.connect(origin, ca ? {ca: fs.readFileSync(ca)} : {});
      session.on('error', error => { console.log('error ' + error); process.exitCode = 1; });
      session.on('remoteSettings', settings => {
        console.log('may connect ' + settings.enableConnectProtocol);
        const stream = session.request(
          {':method': 'CONNECT', ':protocol': 'websocket', ':path': path, 'sec-websocket-version': '13',
           'sec-websocket-protocol': 'chat', 'user-agent': 'node'}, {endStream: false});
        stream.on('response', headers => {
          console.log('status ' + headers[':status'] + ' ' + headers['sec-websocket-accept']);
          if (headers[':status'] !== 200) { session.close(); return; }
          stream.setNoDelay = () => {};
          const socket = Object.assign(new WebSocket(null), {_isServer: false}), text = 'ä'.repeat(30000);
          let left = 2;
          const done = () => --left || socket.close(4000, 'enough');
          socket.on('message', data => {
            console.log(JSON.parse(data).body === text ? 'echoed' : 'broken ' + data); done(); });
          socket.on('pong', data => { console.log('pong ' + data); done(); });
          socket.on('close', code => { console.log('closed ' + code); session.close(); });
          socket.setSocket(stream, Buffer.alloc(0), {maxPayload: 1 << 20});
          for (let at = 0; at < text.length; at += 10000) {
            socket.send(text.slice(at, at + 10000), {fin: at === 20000});
          }
          socket.ping('there?');
        });
      });
      """;

  @TempDir static Path directory;
  private static RunningGatehouse gatehouse;

  @BeforeAll
  static void start() throws Exception {
    gatehouse =
        RunningGatehouse.start(
            directory.resolve("data"), "extensions: {http2: on, streaming: on}\n");
  }

  @AfterAll
  static void stop() throws Exception {
    gatehouse.close();
  }

  private static Program.Result node(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("node", "-e", WEBSOCKET));
    command.addAll(List.of(arguments));
    return Program.run(
        directory, Map.of("NODE_PATH", "/usr/share/nodejs"), command.toArray(String[]::new));
  }

  private static String curl(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("curl", "-sS", "-w", " %{http_version} %{http_code}"));
    command.addAll(List.of(arguments));
    Program.Result result = Program.run(directory, Map.of(), command.toArray(String[]::new));
    assertThat(result.exit()).as(result.output()).isZero();
    return result.output();
  }

  @Test
  void webSocketsGoOverAStream() throws Exception {
    try (SocketApi api = SocketApi.create(gatehouse)) {
      api.twoWay("$default", api.function(ProbeFunction.talkerArn(gatehouse)));
      api.serve();
      String path = api.url().getPath();
      String said = "may connect true\nstatus 200 undefined\n";
      Program.Result clear = node("http://127.0.0.1:" + gatehouse.port(), path);
      assertThat(clear.output()).startsWith(said).contains("pong there?\n", "echoed\n");
      assertThat(clear.output()).endsWith("closed 4000\n");
      Program.Result secure =
          node(
              "https://localhost:" + gatehouse.port(),
              path,
              gatehouse.authority(directory).toString());
      assertThat(secure.output()).startsWith(said).contains("pong there?\n", "echoed\n");
      assertThat(secure.output()).endsWith("closed 4000\n");
    }
  }

  @Test
  void whoeverIsRefusedIsToldByStatus() throws Exception {
    try (SocketApi api = SocketApi.create(gatehouse)) {
      String path = api.url().getPath();
      Program.Result refused = node("http://127.0.0.1:" + gatehouse.port(), path);
      assertThat(refused.output()).contains("status 403");
    }
  }

  @Test
  void requestsGoOverItToo() throws Exception {
    try (Backend backend = Backend.start();
        HttpApi api = HttpApi.create(gatehouse)) {
      api.routes(api.url(backend.url()), "$default");
      api.serve();
      String path = "localhost:" + gatehouse.port() + "/_gatehouse/apis/" + api.id() + "/a";
      Path body = Files.writeString(directory.resolve("body"), "*".repeat(3 << 20));
      String ca = gatehouse.authority(directory).toString();
      for (String[] way :
          List.of(
              new String[] {"--http2-prior-knowledge", "http://" + path},
              new String[] {"--http2", "--cacert", ca, "https://" + path})) {
        List<String> get = new ArrayList<>(List.of(way));
        assertThat(curl(get.toArray(String[]::new))).endsWith(" 2 200");
        assertThat(backend.taken().method()).isEqualTo("GET");
        List<String> post = new ArrayList<>(List.of(way));
        post.addAll(List.of("--data-binary", "@" + body));
        assertThat(curl(post.toArray(String[]::new))).endsWith(" 2 200");
        assertThat(backend.taken().body()).hasSize(3 << 20);
        List<String> head = new ArrayList<>(List.of(way));
        head.add("--head");
        assertThat(curl(head.toArray(String[]::new))).contains("HTTP/2 200").endsWith(" 2 200");
        assertThat(backend.taken().method()).isEqualTo("HEAD");
      }
    }
  }

  private static final String STREAMS =
      """
      const { setTimeout: pause } = require('node:timers/promises');
      exports.handler = awslambda.streamifyResponse(async (event, out) => {
        const mode = event.rawPath.split('/').pop();
        out = awslambda.HttpResponseStream.from(out, {
          statusCode: 202, headers: { 'x-mode': mode, connection: 'close' }, cookies: ['a=b'] });
        out.write('first ');
        await pause(mode === 'long' ? 20000 : 50);
        if (mode === 'broken') throw new Error('half way');
        if (mode === 'exit') process.exit(3);
        if (mode === 'large') for (let i = 0; i < 300; i++) {
          if (!out.write(Buffer.alloc(65536, 'x'))) await new Promise(r => out.once('drain', r));
        }
        out.end('last');
      });
      """;

  @Test
  void whatAFunctionStreamsComesWhileItIsWritten() throws Exception {
    try (LambdaClient lambda = gatehouse.lambda();
        HttpApi api = HttpApi.create(gatehouse);
        HttpClient client = secure()) {
      byte[] zip = Archive.of(Map.of("index.js", STREAMS));
      String arn =
          Functions.create(
              lambda, "over-http2", Functions.installed("node"), "index.handler", zip, Map.of());
      Functions.open(lambda, "over-http2");
      String integration = api.function(arn);
      api.routes(integration, "$default");
      assertThat(
              gatehouse
                  .control()
                  .send(
                      "PUT",
                      "/_gatehouse/control/apis/"
                          + api.id()
                          + "/integrations/"
                          + integration
                          + "/extensions",
                      "{\"streaming\":true}")
                  .status())
          .isEqualTo(200);
      api.serve();
      HttpResponse<InputStream> early = open(client, api, "long");
      try (InputStream body = early.body()) { // 20 s before the function ends
        assertThat(early.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(early.statusCode()).isEqualTo(202);
        assertThat(early.headers().firstValue("x-mode")).contains("long");
        assertThat(early.headers().firstValue("set-cookie")).contains("a=b");
        assertThat(new String(body.readNBytes(6), StandardCharsets.UTF_8)).isEqualTo("first ");
      }
      List<CompletableFuture<HttpResponse<String>>> together = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        together.add(client.sendAsync(request(api, "n" + i), BodyHandlers.ofString()));
      }
      for (CompletableFuture<HttpResponse<String>> one : together) {
        assertThat(one.get(20, TimeUnit.SECONDS).body()).isEqualTo("first last");
      }
      assertThat(whole(client, api, "large")).hasSize(300 * 65536 + 10);
      assertThatThrownBy(() -> whole(client, api, "broken")).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> whole(client, api, "exit")).isInstanceOf(IOException.class);
      assertThat(whole(client, api, "after")).isEqualTo("first last");
      lambda.deleteFunction(r -> r.functionName("over-http2"));
    }
  }

  private static String whole(HttpClient client, HttpApi api, String mode) throws Exception {
    try (InputStream body = open(client, api, mode).body()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static HttpResponse<InputStream> open(HttpClient client, HttpApi api, String mode)
      throws Exception {
    return client.send(request(api, mode), BodyHandlers.ofInputStream());
  }

  private static HttpRequest request(HttpApi api, String mode) {
    String path = "/_gatehouse/apis/" + api.id() + "/" + mode;
    return HttpRequest.newBuilder(URI.create("https://localhost:" + gatehouse.port() + path))
        .build();
  }

  /** A client that speaks HTTP/2 where it is offered, and trusts the development CA. */
  private static HttpClient secure() throws Exception {
    return HttpClient.newBuilder().sslContext(gatehouse.trusting(directory)).build();
  }

  @Test
  void whoeverDoesNotSpeakItIsServedAsBefore() throws Exception {
    String health = "localhost:" + gatehouse.port() + "/_gatehouse/health";
    assertThat(curl("http://" + health)).endsWith(" 1.1 200");
    String ca = gatehouse.authority(directory).toString();
    assertThat(curl("--http1.1", "--cacert", ca, "https://" + health)).endsWith(" 1.1 200");
    assertThat(curl("--http2-prior-knowledge", "http://" + health)).endsWith(" 2 200");
  }
}
