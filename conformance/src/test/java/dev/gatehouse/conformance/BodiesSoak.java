package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.function.Probe;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.ScriptedBackend;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * A thousand bodies of 10 MB at a time, to a backend and to a function, with little memory. Not
 * part of the gate: {@code .ci/soak bodies} runs it, and gives the server a small heap.
 */
class BodiesSoak {
  private static final int EACH = 250;
  private static final int LARGE = 10 * 1024 * 1024;
  private static final int FITS = 4 * 1024 * 1024;
  private static final long MOST_KILOBYTES = Long.getLong("soak.kilobytes", 1_200_000);

  @TempDir Path folder;

  @Test
  void allAreAnsweredAndMemoryStaysBounded() throws Exception {
    try (RunningGatehouse gatehouse =
            RunningGatehouse.start(
                folder.resolve("data"), "held-bodies: 96MiB\nfunctions: {processes: 4}\n");
        ScriptedBackend backend = new ScriptedBackend();
        LambdaClient lambda = gatehouse.lambda();
        HttpApi api = HttpApi.create(gatehouse)) {
      api.routes(api.url(backend.url()), "POST /url");
      api.routes(api.function(Functions.create(lambda, "bodies", Probe.class, 20)), "POST /f");
      Functions.open(lambda, "bodies");
      api.serve();
      Map<String, Integer> answers = ask(api, gatehouse.port());
      long peak = peakKilobytes(gatehouse.process().pid());
      System.out.println("soak: " + answers + ", at most " + peak / 1024 + " MB resident");
      assertThat(answers.get("/url 200")).as(reasons(gatehouse)).isEqualTo(2 * EACH);
      assertThat(answers.get("large to the function 413")).isEqualTo(EACH);
      int fitting =
          answers.getOrDefault("/f 200", 0) + answers.getOrDefault("/f 503", 0); // at concurrency
      assertThat(fitting).isEqualTo(EACH);
      assertThat(answers.getOrDefault("/f 200", 0)).isPositive();
      assertThat(peak).isLessThan(MOST_KILOBYTES);
      assertThat(gatehouse.log()).doesNotContain("OutOfMemory", "LEAK:");
    }
  }

  /** Why requests failed, and how often. */
  private static String reasons(RunningGatehouse gatehouse) throws IOException {
    Map<String, Integer> reasons = new TreeMap<>();
    gatehouse
        .log()
        .lines()
        .map(line -> line.replaceAll("^[0-9:.]+ |request [^:]+|[0-9]{3,}", ""))
        .forEach(line -> reasons.merge(line, 1, Integer::sum));
    return reasons.toString();
  }

  private static Map<String, Integer> ask(HttpApi api, int port) throws Exception {
    List<Callable<String>> asks = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      asks.add(() -> "/url " + post(api.host(), port, "/url", LARGE));
      asks.add(() -> "/f " + post(api.host(), port, "/f?answer=e30", FITS));
      asks.add(() -> "/url " + post(api.host(), port, "/url", LARGE));
      asks.add(() -> "large to the function " + post(api.host(), port, "/f", LARGE));
    }
    Map<String, Integer> answers = new TreeMap<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<String> answer : clients.invokeAll(asks)) {
        answers.merge(answer.get(), 1, Integer::sum);
      }
    }
    return answers;
  }

  /** Sends a body and gives the status; a refusal may come before the body's end. */
  private static int post(String host, int port, String path, int length) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(600_000);
      OutputStream out = socket.getOutputStream();
      String head = "POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: " + length;
      out.write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      byte[] piece = new byte[32 * 1024];
      try {
        for (int sent = 0; sent < length; sent += piece.length) {
          out.write(piece);
        }
      } catch (SocketException refused) {
        // the answer says why
      }
      return status(new BufferedInputStream(socket.getInputStream()));
    }
  }

  private static int status(BufferedInputStream in) throws IOException {
    String line = new String(in.readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
    assertThat(line).startsWith("HTTP/1.1 ");
    in.readAllBytes();
    return Integer.parseInt(line.substring("HTTP/1.1 ".length()));
  }

  private static long peakKilobytes(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no VmHWM of " + pid);
  }
}
