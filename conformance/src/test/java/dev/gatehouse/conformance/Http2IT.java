package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.ProbeFunction;
import dev.gatehouse.conformance.rig.Program;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.SocketApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    gatehouse = RunningGatehouse.start(directory.resolve("data"), "extensions: {http2: on}\n");
  }

  @AfterAll
  static void stop() throws Exception {
    gatehouse.close();
  }

  private static Path authority() throws Exception {
    Program.Result shown =
        Program.run(
            directory,
            Map.of(),
            RunningGatehouse.launcher().toString(),
            "ca",
            "show",
            "--endpoint",
            gatehouse.url().toString());
    assertThat(shown.exit()).as(shown.output()).isZero();
    return Files.writeString(directory.resolve("ca.pem"), shown.output());
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
          node("https://localhost:" + gatehouse.port(), path, authority().toString());
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
      String ca = authority().toString();
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

  @Test
  void whoeverDoesNotSpeakItIsServedAsBefore() throws Exception {
    String health = "localhost:" + gatehouse.port() + "/_gatehouse/health";
    assertThat(curl("http://" + health)).endsWith(" 1.1 200");
    String ca = authority().toString();
    assertThat(curl("--http1.1", "--cacert", ca, "https://" + health)).endsWith(" 1.1 200");
    assertThat(curl("--http2-prior-knowledge", "http://" + health)).endsWith(" 2 200");
  }
}
