package dev.gatehouse.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.spi.FunctionInvoker;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Bodies that functions are called with draw on one budget, here of 64 MiB; all are answered. */
class HeldBodiesTest {
  private static final int BUDGET = 64 << 20;
  private static final int BODY = 4 << 20;
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:f";

  private final AtomicLong held = new AtomicLong();
  private final AtomicLong most = new AtomicLong();

  /** Answers after a while, and notes how many bytes of events there are at a time. */
  private CompletableFuture<FunctionInvoker.Result> slow(FunctionInvoker.Invocation invocation) {
    long bytes = invocation.payload().length;
    most.accumulateAndGet(held.addAndGet(bytes), Math::max);
    FunctionInvoker.Result ok =
        new FunctionInvoker.Returned("{\"statusCode\":200}".getBytes(UTF_8));
    return CompletableFuture.supplyAsync(
        () -> {
          held.addAndGet(-bytes);
          return ok;
        },
        CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
  }

  private static String post(RunningGateway gateway, boolean chunked, int length)
      throws IOException {
    try (Socket client = gateway.connect()) {
      OutputStream out = client.getOutputStream();
      String framing =
          chunked ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + length + "\r\n";
      out.write(
          ("POST /x HTTP/1.1\r\nHost: "
                  + RunningGateway.HOST
                  + "\r\nConnection: close\r\nContent-Type: text/plain\r\n"
                  + framing
                  + "\r\n")
              .getBytes(US_ASCII));
      byte[] piece = "a".repeat(64 * 1024).getBytes(US_ASCII);
      for (int sent = 0; sent < length; sent += piece.length) {
        if (chunked) {
          out.write("10000\r\n".getBytes(US_ASCII));
        }
        out.write(piece);
        if (chunked) {
          out.write("\r\n".getBytes(US_ASCII));
        }
      }
      out.write(chunked ? "0\r\n\r\n".getBytes(US_ASCII) : new byte[0]);
      return RunningGateway.readAll(client.getInputStream());
    }
  }

  @Test
  void manyLargeBodiesAreAllAnsweredWithinTheBudget() throws Exception {
    try (RunningGateway gateway =
            RunningGateway.serving(
                new Definitions().function("POST /x", FUNCTION, "2.0", 30_000), this::slow);
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        boolean chunked = i % 2 == 0;
        answers.add(clients.submit(() -> post(gateway, chunked, BODY)));
      }
      for (Future<String> answer : answers) {
        assertThat(answer.get()).startsWith("HTTP/1.1 200 ");
      }
      assertThat(most.get()).isBetween((long) BODY, (long) BUDGET);
      assertThat(post(gateway, false, BODY)).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aBodyThatNoEventCanHoldIsRefusedUnread() throws Exception {
    try (RunningGateway gateway =
            RunningGateway.serving(
                new Definitions().function("POST /x", FUNCTION, "2.0", 30_000), this::slow);
        Socket client = gateway.connect()) {
      String head =
          "POST /x HTTP/1.1\r\nHost: " + RunningGateway.HOST + "\r\nContent-Length: 10000000\r\n";
      client.getOutputStream().write((head + "Expect: 100-continue\r\n\r\n").getBytes(US_ASCII));
      assertThat(RunningGateway.readAll(client.getInputStream()))
          .startsWith("HTTP/1.1 413 ")
          .endsWith("{\"message\":\"Request Entity Too Large\"}");
      assertThat(most).hasValue(0);
    }
  }
}
