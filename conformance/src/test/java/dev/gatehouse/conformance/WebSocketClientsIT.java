package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.ProbeFunction;
import dev.gatehouse.conformance.rig.Program;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.SocketApi;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** WebSocket clients that others wrote: one message of 60 KB there and back, a ping, a close. */
class WebSocketClientsIT {
  private static final String TEXT = "ä".repeat(30_000);

  private static final String NODE =
      """
      const WebSocket = require('ws');
      const socket = new WebSocket(process.argv[1]);
      const text = 'ä'.repeat(30000);
      socket.on('open', () => {
        for (let at = 0; at < text.length; at += 10000) {
          socket.send(text.slice(at, at + 10000), {fin: at === 20000});
        }
        socket.ping('there?');
      });
      let left = 2;
      const done = () => --left || socket.close(4000, 'enough');
      socket.on('pong', data => { console.log('pong ' + data); done(); });
      socket.on('message', data => {
        console.log(JSON.parse(data).body === text ? 'echoed' : 'broken ' + data); done(); });
      socket.on('close', code => console.log('closed ' + code));
      socket.on('error', error => { console.log('error ' + error); process.exitCode = 1; });
      """;

  private static final String PYTHON =
      """
      import asyncio, json, sys, websockets
      async def talk():
          async with websockets.connect(sys.argv[1]) as socket:
              text = 'ä' * 30000
              await socket.send([text[at:at + 10000] for at in range(0, 30000, 10000)])
              answer = json.loads(await socket.recv())
              print('echoed' if answer['body'] == text else 'broken')
              await asyncio.wait_for(await socket.ping('there?'), 30)
              print('pong there?')
              await socket.close(4000, 'enough')
              print('closed', socket.close_code)
      asyncio.run(talk())
      """;

  /** What a test does with the URL of an API that echoes events. */
  private interface Use {
    void with(SocketApi api) throws Exception;
  }

  private static void withEcho(Use use) throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw)) {
        api.twoWay("$default", api.function(ProbeFunction.talkerArn(gw)));
        api.oneWay("$connect", api.function(ProbeFunction.talkerArn(gw)));
        use.with(api.serve());
      }
    });
  }

  @Test
  void theClientOfTheJdkTalks() throws Exception {
    withEcho(api -> {
      Listener listener = new Listener();
      try (HttpClient client = HttpClient.newHttpClient()) {
        WebSocket socket =
            client.newWebSocketBuilder().buildAsync(api.url(), listener).get(45, TimeUnit.SECONDS);
        socket.sendText(TEXT.substring(0, 10_000), false).get(10, TimeUnit.SECONDS);
        socket.sendText(TEXT.substring(10_000, 20_000), false).get(10, TimeUnit.SECONDS);
        socket.sendText(TEXT.substring(20_000), true).get(10, TimeUnit.SECONDS);
        String answer = listener.message.get(45, TimeUnit.SECONDS);
        assertThat(Reply.parse(answer).path("body").asString()).isEqualTo(TEXT);
        socket.sendClose(4000, "enough").get(10, TimeUnit.SECONDS);
        assertThat(listener.closed.get(10, TimeUnit.SECONDS)).isEqualTo(4000);
      }
    });
  }

  /** Puts a message together. */
  private static final class Listener implements WebSocket.Listener {
    private final CompletableFuture<String> message = new CompletableFuture<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        message.complete(text.toString());
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }
  }

  @Test
  void nodesWsTalks() throws Exception {
    withEcho(api -> {
      Program.Result result =
          Program.run(
              Path.of("."),
              Map.of("NODE_PATH", "/usr/share/nodejs"),
              "node",
              "-e",
              NODE,
              api.url().toString());
      assertThat(result.output()).contains("pong there?\n", "echoed\n", "closed 4000\n");
      assertThat(result.exit()).isZero();
    });
  }

  @Test
  void pythonsWebsocketsTalk() throws Exception {
    withEcho(api -> {
      Program.Result result =
          Program.run(
              Path.of("."), Map.of(), "/usr/bin/python3", "-c", PYTHON, api.url().toString());
      assertThat(result.output()).isEqualTo("echoed\npong there?\nclosed 4000\n");
      assertThat(result.exit()).isZero();
    });
  }
}
