package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.upstream.BackendOptions;
import dev.gatehouse.model.Extensions;
import dev.gatehouse.model.IntegrationExtensions;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** WebSocket connections through an integration with a URL: bytes, both ways, to the end. */
class WebSocketPassThroughTest {
  private static final Extensions ON = new Extensions(false, 30_000, true);
  private static final IntegrationExtensions PASSES = new IntegrationExtensions(null, null, true);
  private static final String SWITCHED =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
  private static final String ASKED =
      "GET /x?a=1 HTTP/1.1\r\nHost: "
          + RunningGateway.HOST
          + "\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
          + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

  private static RunningGateway serving(String url, Extensions on) throws IOException {
    return RunningGateway.serving(
        new Definitions().beyond("GET /x", url, 500, PASSES),
        RunningGateway.options(on, BackendOptions.defaults(), Map.of()));
  }

  private static String head(Socket client) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int c = client.getInputStream().read();
      assertThat(c).as("after " + head).isNotNegative();
      head.append((char) c);
    }
    return head.toString();
  }

  private static Socket ask(RunningGateway gateway) throws IOException {
    Socket client = gateway.connect();
    client.getOutputStream().write(ASKED.getBytes(StandardCharsets.US_ASCII));
    return client;
  }

  @Test
  void bytesGoBothWaysFromTheFirstOnAndBeyondTheTimeout() throws Exception {
    StringBuilder asked = new StringBuilder();
    try (Backends backend =
            new Backends(conversation -> {
              asked.append(conversation.head());
              conversation.send(SWITCHED + "first");
              for (int c = conversation.in().read(); c >= 0; c = conversation.in().read()) {
                conversation.out().write(c + 1);
                conversation.out().flush();
              }
            });
        RunningGateway gateway = serving(backend.url(), ON);
        Socket client = ask(gateway)) {
      assertThat(head(client))
          .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
          .containsIgnoringCase("\r\nupgrade: websocket\r\n")
          .containsIgnoringCase("\r\nconnection: upgrade\r\n")
          .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
          .contains("Apigw-Requestid: ");
      assertThat(client.getInputStream().readNBytes(5)).isEqualTo("first".getBytes());
      long beyond = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(700);
      while (System.nanoTime() < beyond) {
        client.getOutputStream().write('a');
        assertThat(client.getInputStream().read()).isEqualTo('b');
      }
      assertThat(asked.toString())
          .startsWith("GET /?a=1 HTTP/1.1\r\n")
          .containsIgnoringCase("\r\nupgrade: websocket")
          .containsIgnoringCase("\r\nconnection: upgrade")
          .contains("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    }
  }

  @Test
  void muchGoesThroughUnchanged() throws Exception {
    byte[] bytes = new byte[8 << 20];
    new Random(3).nextBytes(bytes);
    try (Backends backend =
            new Backends(conversation -> {
              conversation.head();
              conversation.send(SWITCHED);
              conversation.out().write(bytes);
              conversation.out().flush();
              conversation.in().read(); // until the client has it all
            });
        RunningGateway gateway = serving(backend.url(), ON);
        Socket client = ask(gateway)) {
      head(client);
      assertThat(client.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
    }
  }

  @Test
  void whereOneSideEndsSoDoesTheOther() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (Backends backend =
            new Backends(conversation -> {
              conversation.head();
              conversation.send(SWITCHED);
              conversation.in().readAllBytes();
              ended.countDown();
            });
        RunningGateway gateway = serving(backend.url(), ON)) {
      try (Socket client = ask(gateway)) {
        head(client);
      }
      assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }
    try (Backends backend =
            new Backends(conversation -> {
              conversation.head();
              conversation.send(SWITCHED + "bye");
            });
        RunningGateway gateway = serving(backend.url(), ON);
        Socket client = ask(gateway)) {
      head(client);
      assertThat(client.getInputStream().readAllBytes()).isEqualTo("bye".getBytes());
    }
  }

  @Test
  void aBackendThatDeclinesAnswersAsAnyOther() throws Exception {
    try (Backends backend = Backends.answering("HTTP/1.1 426 No\r\nContent-Length: 2\r\n", "no");
        RunningGateway gateway = serving(backend.url(), ON);
        Socket client = ask(gateway)) {
      assertThat(head(client)).startsWith("HTTP/1.1 426 ");
      assertThat(client.getInputStream().readNBytes(2)).isEqualTo("no".getBytes());
      client.getOutputStream().write(ASKED.getBytes(StandardCharsets.US_ASCII));
      assertThat(head(client)).startsWith("HTTP/1.1 426 ");
    }
  }

  @Test
  void withoutTheExtensionItIsAnOrdinaryRequest() throws Exception {
    try (Backends backend = Backends.answering("ok");
        RunningGateway gateway = serving(backend.url(), Extensions.NONE);
        Socket client = ask(gateway)) {
      assertThat(head(client)).startsWith("HTTP/1.1 200 ");
      assertThat(backend.nextHead())
          .doesNotContainIgnoringCase("\r\nupgrade:")
          .doesNotContainIgnoringCase("\r\nconnection:");
    }
  }

  @Test
  void whoSwitchesUnaskedIsAnError() throws Exception {
    try (Backends backend =
            new Backends(conversation -> {
              conversation.head();
              conversation.send(SWITCHED);
            });
        RunningGateway gateway = serving(backend.url(), ON)) {
      assertThat(gateway.exchange("GET /x")).startsWith("HTTP/1.1 500 ");
    }
  }
}
