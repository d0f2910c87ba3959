package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.upstream.BackendOptions;
import dev.gatehouse.model.Extensions;
import dev.gatehouse.model.IntegrationExtensions;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What goes beyond AWS for integrations with a URL, and that it does so only where it is on. */
class StreamingTest {
  private static final Extensions ON = new Extensions(true, 60_000, false);
  private static final IntegrationExtensions STREAMS = new IntegrationExtensions(true, null, null);
  private static final String EVENTS =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final int MEGABYTES = 12;

  private static RunningGateway serving(
      String url, int timeout, IntegrationExtensions set, Extensions on) throws IOException {
    return RunningGateway.serving(
        new Definitions().beyond("GET /x", url, timeout, set),
        RunningGateway.options(on, BackendOptions.defaults(), Map.of()));
  }

  private static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis); // the backend's own slowness, not the test's
    } catch (InterruptedException stopped) {
      throw new IOException(stopped);
    }
  }

  private static Backends ticking() throws IOException {
    return new Backends(conversation -> {
      conversation.head();
      conversation.send(EVENTS);
      for (int i = 0; i < 8; i++) {
        pause(100);
        conversation.send("9\r\ndata: " + i + "\n\n\r\n");
      }
      conversation.send("0\r\n\r\n");
    });
  }

  @Test
  void eventsArriveAsTheyCome() throws Exception {
    Semaphore more = new Semaphore(0);
    try (Backends backend =
            new Backends(conversation -> {
              conversation.head();
              conversation.send(EVENTS);
              for (int i = 0; i < 3; i++) {
                conversation.send("9\r\ndata: " + i + "\n\n\r\n");
                try {
                  assertThat(more.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException stopped) {
                  throw new IOException(stopped);
                }
              }
              conversation.send("0\r\n\r\n");
            });
        RunningGateway gateway = serving(backend.url(), 10_000, STREAMS, ON);
        Socket client = gateway.connect()) {
      String head = "GET /x HTTP/1.1\r\nHost: " + RunningGateway.HOST + "\r\n\r\n";
      client.getOutputStream().write(head.getBytes());
      StringBuilder answer = new StringBuilder();
      for (int i = 0; i < 3; i++) {
        while (!answer.toString().contains("data: " + i + "\n\n")) {
          answer.append((char) client.getInputStream().read());
        }
        more.release();
      }
      while (!answer.toString().endsWith("0\r\n\r\n")) {
        answer.append((char) client.getInputStream().read());
      }
    }
  }

  @Test
  void whatGoesOnMayTakeLongerThanTheTimeout() throws Exception {
    try (Backends backend = ticking();
        RunningGateway gateway = serving(backend.url(), 400, STREAMS, ON)) {
      assertThat(gateway.exchange("GET /x")).contains("data: 7\n\n").endsWith("0\r\n\r\n");
    }
  }

  @Test
  void withoutTheExtensionItMayNot() throws Exception {
    try (Backends backend = ticking();
        RunningGateway off = serving(backend.url(), 400, STREAMS, Extensions.NONE);
        RunningGateway unset =
            serving(backend.url(), 400, new IntegrationExtensions(null, null, null), ON)) {
      assertThat(off.exchange("GET /x")).startsWith("HTTP/1.1 200").doesNotContain("data: 7");
      assertThat(unset.exchange("GET /x")).startsWith("HTTP/1.1 200").doesNotContain("data: 7");
    }
  }

  @Test
  void whatStopsIsCutAllTheSame() throws Exception {
    try (Backends backend =
            new Backends(conversation -> {
              conversation.head();
              conversation.send(EVENTS + "9\r\ndata: 0\n\n\r\n");
              conversation.in().readAllBytes();
            });
        RunningGateway gateway = serving(backend.url(), 200, STREAMS, ON)) {
      assertThat(gateway.exchange("GET /x")).endsWith("data: 0\n\n\r\n");
    }
  }

  private static Backends large(boolean known) throws IOException {
    return new Backends(conversation -> {
      conversation.head();
      int length = MEGABYTES << 20;
      conversation.send(
          "HTTP/1.1 200 OK\r\n"
              + (known ? "Content-Length: " + length + "\r\n" : "Connection: close\r\n")
              + "\r\n");
      byte[] megabyte = new byte[1 << 20];
      for (int i = 0; i < MEGABYTES; i++) {
        conversation.out().write(megabyte);
      }
      conversation.out().flush();
    });
  }

  @Test
  void answersMayBeLargerThanAwss() throws Exception {
    for (boolean known : new boolean[] {true, false}) {
      try (Backends backend = large(known);
          RunningGateway gateway = serving(backend.url(), 10_000, STREAMS, ON);
          RunningGateway off = serving(backend.url(), 10_000, STREAMS, Extensions.NONE)) {
        assertThat(gateway.exchange("GET /x").length()).isGreaterThan(MEGABYTES << 20);
        assertThat(off.exchange("GET /x").length()).isLessThan(MEGABYTES << 20);
      }
    }
  }

  @Test
  void aLongerTimeoutGoesBeforeAwssAsFarAsItIsAllowed() throws Exception {
    IntegrationExtensions longer = new IntegrationExtensions(null, 50_000, null);
    try (Backends backend =
            new Backends(conversation -> {
              conversation.head();
              pause(500);
              conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            });
        RunningGateway on = serving(backend.url(), 100, longer, ON);
        RunningGateway off = serving(backend.url(), 100, longer, Extensions.NONE)) {
      assertThat(on.exchange("GET /x")).endsWith("ok");
      assertThat(off.exchange("GET /x")).startsWith("HTTP/1.1 503 ");
    }
  }
}
