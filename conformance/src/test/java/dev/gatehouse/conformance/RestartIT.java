package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.function.Probe;
import dev.gatehouse.conformance.rig.Archive;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Eventually;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import tools.jackson.databind.JsonNode;

/** What was answered is there after the process is gone, however it went. */
class RestartIT {
  @TempDir Path directory;

  @Test
  void whatWasAnsweredSurvivesAKillAndIsServed() throws Exception {
    try (RunningGatehouse gw = RunningGatehouse.start(directory.resolve("data"));
        Backend backend = Backend.start();
        HttpApi api = HttpApi.create(gw)) {
      api.routes(api.url(backend.url()), "GET /x");
      api.serve();
      gw.kill();
      gw.restart();
      assertThat(api.get("/x").text()).isEqualTo("ok");

      JsonNode patched = gw.control().patch(api.path(""), "{\"description\":\"last\"}").json();
      gw.kill();
      gw.restart();
      assertThat(gw.control().get(api.path("")).json()).isEqualTo(patched);

      assertThat(gw.control().delete(api.path("")).status()).isEqualTo(204);
      gw.kill();
      gw.restart();
      assertThat(gw.control().get(api.path("")).status()).isEqualTo(404);
      assertThat(api.get("/x").status()).isEqualTo(404);
    }
  }

  @Test
  void aFunctionAndItsPolicySurviveAKill() throws Exception {
    try (RunningGatehouse gw = RunningGatehouse.start(directory.resolve("data"));
        HttpApi api = HttpApi.create(gw);
        LambdaClient lambda = gw.lambda()) {
      api.routes(api.function(Functions.create(lambda, "kept", Probe.class, 20)), "$default");
      api.serve();
      Functions.open(lambda, "kept");
      gw.kill();
      gw.restart();
      assertThat(api.get("/x").json().path("rawPath").asString()).isEqualTo("/x");
    }
  }

  @Test
  void anAcceptedEventSurvivesAKill() throws Exception {
    Path data = directory.resolve("data");
    try (RunningGatehouse gw = RunningGatehouse.start(data);
        LambdaClient lambda = gw.lambda()) {
      String source = "import time\ndef handler(e, c):\n  time.sleep(5)\n  print('done', e['n'])\n";
      Functions.create(
          lambda,
          "later",
          Functions.installed("python3"),
          "app.handler",
          Archive.of(Map.of("app.py", source)),
          Map.of());
      int status =
          lambda
              .invoke(r ->
                  r.functionName("later")
                      .invocationType(InvocationType.EVENT)
                      .payload(SdkBytes.fromUtf8String("{\"n\":7}")))
              .statusCode();
      gw.kill(); // long before the function ends
      assertThat(status).isEqualTo(202);
      assertThat(printed(data)).doesNotContain("done");
      gw.restart();
      Eventually.eventually(
          "the event is run",
          Duration.ofSeconds(60),
          () -> Optional.of(printed(data)).filter(log -> log.contains("done 7")));
    }
  }

  private static String printed(Path data) throws IOException {
    StringBuilder text = new StringBuilder();
    if (!Files.isDirectory(data.resolve("logs"))) {
      return ""; // nothing has been printed yet
    }
    try (Stream<Path> files = Files.walk(data.resolve("logs"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".log")).toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }

  @Test
  void aStopIsCleanAndASecondServerIsRefused() throws Exception {
    Path data = directory.resolve("data");
    try (RunningGatehouse gw = RunningGatehouse.start(data)) {
      String log = gw.log();
      assertThat(log).contains(":" + gw.port(), data.toString());
      try (RunningGatehouse second = RunningGatehouse.start(data)) {
        throw new IllegalStateException("Two servers on one directory: " + second.log());
      } catch (AssertionError refused) {
        assertThat(refused).hasMessageContaining("Another Gatehouse uses the data directory");
      }
      long began = System.nanoTime();
      assertThat(gw.stop()).isIn(0, 143);
      assertThat(System.nanoTime() - began).isLessThan(15_000_000_000L);
      assertThat(gw.process().descendants()).isEmpty();
    }
  }

  @Test
  void anEphemeralServerLeavesNothing() throws Exception {
    Path log = directory.resolve("log");
    try (RunningGatehouse gw = RunningGatehouse.ephemeral(log)) {
      Matcher line = Pattern.compile("data +(/\\S+)").matcher(gw.log());
      assertThat(line.find()).as(gw.log()).isTrue();
      Path data = Path.of(line.group(1));
      HttpApi.create(gw);
      assertThat(data).isDirectory();
      gw.stop();
      assertThat(data).doesNotExist();
    }
  }

  @Test
  void aStopLetsWhatIsUnderWayEnd() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    Backend.Answer slow =
        exchange -> {
          asked.countDown();
          await(answer);
          Backend.text(exchange, 200, "in time");
        };
    try (RunningGatehouse gw = RunningGatehouse.start(directory.resolve("data"));
        Backend backend = Backend.start(slow);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      HttpApi api = HttpApi.create(gw);
      api.routes(api.url(backend.url()), "GET /x");
      api.serve();
      Future<Reply> underWay = threads.submit(() -> api.get("/x"));
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      gw.process().toHandle().destroy();
      Eventually.eventually(
          "no more connections taken",
          Duration.ofSeconds(10),
          () -> taken(gw) ? Optional.empty() : Optional.of(true));
      answer.countDown();
      assertThat(underWay.get().text()).isEqualTo("in time");
      assertThat(gw.awaitEnd()).isIn(0, 143);
    }
  }

  private static boolean taken(RunningGatehouse gw) {
    try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), gw.port())) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
