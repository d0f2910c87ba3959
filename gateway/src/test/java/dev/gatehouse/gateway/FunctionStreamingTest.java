package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.spi.AnswerStream;
import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.gateway.upstream.BackendOptions;
import dev.gatehouse.model.Extensions;
import dev.gatehouse.model.IntegrationExtensions;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Functions whose answers reach clients while they are written, and that this is off by itself. */
class FunctionStreamingTest {
  private static final Extensions ON = new Extensions(true, 60_000, false);
  private static final IntegrationExtensions STREAMS = new IntegrationExtensions(true, null, null);
  private static final String ARN = "arn:aws:lambda:us-east-1:123456789012:function:f";
  private static final String PRELUDE = "application/vnd.awslambda.http-integration-response";
  private static final String ZEROS = "\0".repeat(8);
  private static final FunctionInvoker.Result DONE = new FunctionInvoker.Returned(new byte[0]);

  /** A function that streams, on a thread of its own. */
  private interface Streaming {
    FunctionInvoker.Result run(AnswerStream stream) throws Exception;
  }

  private static FunctionInvoker function(Streaming streaming) {
    return invocation -> {
      CompletableFuture<FunctionInvoker.Result> result = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(() -> {
            try {
              result.complete(streaming.run(needed(invocation.stream())));
            } catch (Exception e) {
              result.completeExceptionally(e);
            }
          });
      return result;
    };
  }

  private static AnswerStream needed(@Nullable AnswerStream stream) {
    if (stream == null) {
      throw new IllegalStateException("nothing may be streamed");
    }
    return stream;
  }

  private static void write(AnswerStream stream, String text) throws InterruptedException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    stream.write(bytes, 0, bytes.length);
  }

  private static RunningGateway serving(Streaming streaming, int timeout) throws IOException {
    return serving(function(streaming), timeout, STREAMS, ON);
  }

  private static RunningGateway serving(
      FunctionInvoker functions, int timeout, IntegrationExtensions set, Extensions on)
      throws IOException {
    return RunningGateway.serving(
        new Definitions().beyondFunction("GET /x", ARN, timeout, set),
        functions,
        RunningGateway.options(on, BackendOptions.defaults(), Map.of()));
  }

  private static Socket ask(RunningGateway gateway) throws IOException {
    Socket client = gateway.connect();
    String head = "GET /x HTTP/1.1\r\nHost: " + RunningGateway.HOST + "\r\n\r\n";
    client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    return client;
  }

  private static String readTo(InputStream in, String end) throws IOException {
    StringBuilder answer = new StringBuilder();
    while (!answer.toString().endsWith(end)) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("ended after " + answer);
      }
      answer.append((char) next);
    }
    return answer.toString();
  }

  @Test
  void theFirstByteArrivesBeforeTheFunctionEnds() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    Streaming streaming =
        stream -> {
          stream.begin(PRELUDE);
          write(
              stream, "{\"statusCode\":201,\"headers\":{\"x-a\":\"1\",\"content-length\":\"9\"},");
          write(stream, "\"cookies\":[\"c=1\"]}\0\0\0");
          write(stream, "\0\0\0\0\0first");
          assertThat(seen.await(10, TimeUnit.SECONDS)).isTrue();
          write(stream, "second");
          return DONE;
        };
    try (RunningGateway gateway = serving(streaming, 10_000);
        Socket client = ask(gateway)) {
      String first = readTo(client.getInputStream(), "5\r\nfirst\r\n");
      assertThat(first).startsWith("HTTP/1.1 201 ").contains("X-A: 1\r\n", "Set-Cookie: c=1\r\n");
      assertThat(first)
          .contains("Content-Type: application/octet-stream\r\n", "ransfer-")
          .doesNotContainIgnoringCase("content-length");
      seen.countDown();
      assertThat(readTo(client.getInputStream(), "0\r\n\r\n")).startsWith("6\r\nsecond\r\n");
      // The connection serves on.
      client
          .getOutputStream()
          .write("GET /n HTTP/1.1\r\nHost: a.b\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(readTo(client.getInputStream(), "\r\n")).startsWith("HTTP/1.1 4");
    }
  }

  @Test
  void withoutAPreludeTheStatusIs200AndTheTypeTheRuntimes() throws Exception {
    Streaming streaming =
        stream -> {
          stream.begin("text/event-stream");
          write(stream, "data: 1\n\n");
          return DONE;
        };
    try (RunningGateway gateway = serving(streaming, 10_000)) {
      assertThat(gateway.exchange("GET /x"))
          .startsWith("HTTP/1.1 200 ")
          .contains("Content-Type: text/event-stream\r\n")
          .endsWith("\r\n\r\n9\r\ndata: 1\n\n\r\n0\r\n\r\n");
      assertThat(gateway.raw("GET /x HTTP/1.0\r\nHost: " + RunningGateway.HOST + "\r\n\r\n"))
          .endsWith("\r\n\r\ndata: 1\n\n");
    }
  }

  @Test
  void theAccessLogNamesTheInvocationThatWasStreamed() throws Exception {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Streaming streaming =
        stream -> {
          stream.begin("text/plain");
          write(stream, "streamed");
          return new FunctionInvoker.Returned(new byte[0], "invocation-1");
        };
    Definitions api =
        new Definitions()
            .log("$context.integration.requestId $context.integration.status")
            .beyondFunction("GET /x", ARN, 10_000, STREAMS);
    try (RunningGateway gateway =
        RunningGateway.logging(
            api,
            function(streaming),
            lines::add,
            RunningGateway.options(ON, BackendOptions.defaults(), Map.of()))) {
      assertThat(gateway.exchange("GET /x")).startsWith("HTTP/1.1 200 ");
      assertThat(lines.poll(10, TimeUnit.SECONDS)).isEqualTo("invocation-1 200");
    }
  }

  @Test
  void anAnswerWithoutABodyHasNone() throws Exception {
    Streaming streaming =
        stream -> {
          stream.begin(PRELUDE);
          write(stream, "{\"statusCode\":204}" + ZEROS + "what nobody may send");
          return DONE;
        };
    try (RunningGateway gateway = serving(streaming, 10_000)) {
      assertThat(gateway.exchange("GET /x")).startsWith("HTTP/1.1 204 ").endsWith("\r\n\r\n");
    }
  }

  @Test
  void whatFailsHalfWayIsCut() throws Exception {
    Streaming streaming =
        stream -> {
          stream.begin(PRELUDE);
          write(stream, "{}" + ZEROS + "half");
          return new FunctionInvoker.Failed("{\"errorType\":\"Oops\"}".getBytes());
        };
    try (RunningGateway gateway = serving(streaming, 10_000)) {
      assertThat(gateway.exchange("GET /x")).startsWith("HTTP/1.1 200 ").endsWith("4\r\nhalf\r\n");
    }
  }

  @Test
  void whatFailsBeforeItsHeadIsAnError() throws Exception {
    for (String prelude :
        new String[] {
          "{\"statusCode\":200",
          "no json" + ZEROS,
          "{\"statusCode\":1}" + ZEROS + "x",
          "{" + " ".repeat(20_000)
        }) {
      Streaming streaming =
          stream -> {
            stream.begin(PRELUDE);
            write(stream, prelude);
            return DONE;
          };
      try (RunningGateway gateway = serving(streaming, 10_000)) {
        assertThat(gateway.exchange("GET /x"))
            .as(prelude)
            .startsWith("HTTP/1.1 500 ")
            .endsWith("{\"message\":\"Internal Server Error\"}");
      }
    }
  }

  @Test
  void aClientThatReadsNothingStopsTheFunctionNotTheMemory() throws Exception {
    AtomicLong written = new AtomicLong();
    CountDownLatch gone = new CountDownLatch(1);
    byte[] part = new byte[64 * 1024];
    long most = 64L << 20;
    Streaming streaming =
        stream -> {
          stream.begin("text/plain");
          while (written.get() < most) {
            stream.write(part, 0, part.length);
            written.addAndGet(part.length);
          }
          gone.countDown();
          return DONE;
        };
    try (RunningGateway gateway = serving(streaming, 10_000)) {
      try (Socket client = ask(gateway)) {
        readTo(client.getInputStream(), "\r\n\r\n");
        long seen = -1;
        while (written.get() != seen) { // until nothing goes on
          seen = written.get();
          assertThat(gone.await(300, TimeUnit.MILLISECONDS)).isFalse();
        }
        assertThat(seen).isLessThan(24L << 20); // sockets' buffers, and the gateway's 128 KB
      }
      // Once the client has gone the function is held up by nobody.
      assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(written.get()).isEqualTo(most);
    }
  }

  @Test
  void whatIsLongerThanEveryBufferArrivesWhole() throws Exception {
    int parts = 200;
    byte[] part = "x".repeat(50_000).getBytes(StandardCharsets.US_ASCII);
    Streaming streaming =
        stream -> {
          stream.begin("text/plain");
          for (int i = 0; i < parts; i++) {
            stream.write(part, 0, part.length);
          }
          return DONE;
        };
    try (RunningGateway gateway = serving(streaming, 10_000);
        Socket client = gateway.connect()) {
      client
          .getOutputStream()
          .write(
              ("GET /x HTTP/1.0\r\nHost: " + RunningGateway.HOST + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      readTo(client.getInputStream(), "\r\n\r\n");
      assertThat(client.getInputStream().readAllBytes().length).isEqualTo(parts * part.length);
    }
  }

  @Test
  void theTimeoutBoundsEachPauseAndNotTheWhole() throws Exception {
    Streaming streaming =
        stream -> {
          stream.begin("text/plain");
          for (int i = 0; i < 8; i++) {
            Thread.sleep(100); // the function's own slowness
            write(stream, "" + i);
          }
          Thread.sleep(5_000);
          return DONE;
        };
    try (RunningGateway gateway = serving(streaming, 400)) {
      assertThat(gateway.exchange("GET /x")).endsWith("1\r\n7\r\n");
    }
  }

  @Test
  void aFunctionThatAnswersAsAWholeDoesSo() throws Exception {
    FunctionInvoker whole =
        invocation ->
            CompletableFuture.completedFuture(
                new FunctionInvoker.Returned("{\"statusCode\":201,\"body\":\"b\"}".getBytes()));
    try (RunningGateway gateway = serving(whole, 10_000, STREAMS, ON)) {
      assertThat(gateway.exchange("GET /x")).startsWith("HTTP/1.1 201 ").endsWith("\r\n\r\nb");
    }
  }

  @Test
  void withoutTheExtensionNothingIsStreamed() throws Exception {
    FunctionInvoker held =
        invocation -> {
          assertThat(invocation.stream()).isNull();
          return CompletableFuture.completedFuture(
              new FunctionInvoker.Returned("{\"statusCode\":201}".getBytes()));
        };
    try (RunningGateway off = serving(held, 10_000, STREAMS, Extensions.NONE);
        RunningGateway unset =
            serving(held, 10_000, new IntegrationExtensions(null, null, null), ON)) {
      assertThat(off.exchange("GET /x")).startsWith("HTTP/1.1 201 ");
      assertThat(unset.exchange("GET /x")).startsWith("HTTP/1.1 201 ");
    }
  }
}
