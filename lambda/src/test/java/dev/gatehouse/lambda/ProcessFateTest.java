package dev.gatehouse.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.lambda.process.PoolLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** How processes end, and that they do. */
class ProcessFateTest {
  private static final PoolLimits ONE =
      new PoolLimits(10, 1, Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofHours(1));

  /** Writes its own id and a child's, which ignores polite signals, to the file NOTE. */
  static final String SPAWN =
      "Process child = new ProcessBuilder(\"/bin/sh\", \"-c\","
          + " \"trap '' TERM HUP INT; sleep 600 & wait\").inheritIO().start();"
          + "Path half = Path.of(System.getenv(\"NOTE\") + \".half\");"
          + "Files.writeString(half, ProcessHandle.current().pid() + \" \" + child.pid());"
          + "Files.move(half, Path.of(System.getenv(\"NOTE\")));";

  @TempDir Path data;
  private Path note = Path.of("");

  @BeforeEach
  void name() {
    note = data.resolve("note");
  }

  @AfterEach
  void leavesNoProcess() throws Exception {
    Eventually.holds(
        "no child is left", () -> ProcessHandle.current().descendants().findAny().isEmpty());
  }

  @Test
  void pastItsTimeoutTheWholeGroupIsKilled() throws Exception {
    try (LambdaServer server = LambdaServer.start(data)) {
      createNoting(server, "slow", SPAWN + "while (true) Thread.onSpinWait();", 1);

      InvokeResponse answer = server.invoke("slow", "{}");

      assertThat(answer.functionError()).isEqualTo("Unhandled");
      assertThat(answer.payload().asUtf8String())
          .matches(
              "\\{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: [0-9a-f-]{36} Error:"
                  + " Task timed out after 1\\.00 seconds\"}");
      for (long process : noted()) {
        Eventually.gone(process);
      }
      Eventually.holds(
          "the log tells", () -> server.log("slow").contains("Task timed out after 1.00"));
      assertThat(server.log("slow"))
          .doesNotContain("Killed")
          .containsPattern("20[0-9-]+T[0-9:.]+Z [0-9a-f-]{36} Task timed out after 1\\.00 seconds");
      Eventually.holds("its report", () -> server.log("slow").contains("\tStatus: timeout\t"));
    }
  }

  @Test
  void aKilledGatehouseLeavesNoProcess() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.gatehouse.lambda.StandIn",
                data.toString(),
                note.toString())
            .redirectErrorStream(true)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    while (line != null && !line.equals("running")) {
      line = out.readLine();
    }
    assertThat(line).isEqualTo("running");
    long[] below = parent.descendants().mapToLong(ProcessHandle::pid).toArray();
    assertThat(below).hasSizeGreaterThanOrEqualTo(4).contains(noted());

    parent.destroyForcibly().waitFor();

    for (long process : below) {
      Eventually.gone(process);
    }
  }

  @Test
  void aFunctionIsDeletedWhileItRunsAndStillAnswers() throws Exception {
    Path go = data.resolve("go");
    try (LambdaServer server = LambdaServer.start(data)) {
      createNoting(
          server,
          "going",
          SPAWN
              + "while (!Files.exists(Path.of(System.getenv(\"NOTE\")).resolveSibling(\"go\")))"
              + " Thread.onSpinWait(); out.write('1');",
          20);
      FutureTask<InvokeResponse> running = new FutureTask<>(() -> server.invoke("going", "{}"));
      Thread.startVirtualThread(running);
      Eventually.holds("it runs", () -> Files.exists(note));

      server.client().deleteFunction(request -> request.functionName("going"));
      Files.createFile(go);

      assertThat(running.get().payload().asUtf8String()).isEqualTo("1");
      for (long process : noted()) {
        Eventually.gone(process);
      }
      Path home = data.resolve("functions/123456789012/us-east-1/going");
      Eventually.holds("its code is gone", () -> home.toFile().list().length == 0);
    }
  }

  @Test
  void closingEndsWhatRuns() throws Exception {
    try (LambdaServer server = LambdaServer.start(data)) {
      createNoting(server, "endless", SPAWN + "while (true) Thread.onSpinWait();", 600);
      Thread.startVirtualThread(new FutureTask<>(() -> server.invoke("endless", "{}")));
      Eventually.holds("it runs", () -> Files.exists(note));
    }
    for (long process : noted()) {
      Eventually.gone(process);
    }
  }

  @Test
  void moreThanMayRunAtOnceIsThrottled() throws Exception {
    try (LambdaServer server = LambdaServer.start(data, ONE)) {
      createNoting(
          server,
          "single",
          SPAWN
              + "while (!Files.exists(Path.of(System.getenv(\"NOTE\")).resolveSibling(\"go\")))"
              + " Thread.onSpinWait(); out.write('1');",
          20);
      FutureTask<InvokeResponse> running = new FutureTask<>(() -> server.invoke("single", "{}"));
      Thread.startVirtualThread(running);
      Eventually.holds("it runs", () -> Files.exists(note));

      assertThatThrownBy(() -> server.invoke("single", "{}"))
          .isInstanceOf(TooManyRequestsException.class)
          .hasMessageContaining("Rate Exceeded.");

      Files.createFile(data.resolve("go"));
      assertThat(running.get().payload().asUtf8String()).isEqualTo("1");
    }
  }

  @Test
  void anIdleProcessIsEnded() throws Exception {
    PoolLimits impatient =
        new PoolLimits(10, 1, Duration.ofSeconds(10), Duration.ZERO, Duration.ofHours(1));
    try (LambdaServer server = LambdaServer.start(data, impatient)) {
      createNoting(server, "idle", SPAWN + "out.write('1');", 20);
      server.invoke("idle", "{}");

      Eventually.holds(
          "it is ended",
          () -> {
            server.functions().pools().reap();
            return Stream.of(noted()[0]).noneMatch(id -> ProcessHandle.of(id).isPresent());
          });
    }
  }

  @Test
  void theLongestIdleProcessMakesRoomForAnotherFunction() throws Exception {
    PoolLimits two =
        new PoolLimits(2, 2, Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofHours(1));
    byte[] zip = HandlerZip.stream("out.write((ProcessHandle.current().pid() + \"\").getBytes());");
    try (LambdaServer server = LambdaServer.start(data, two)) {
      for (String name : new String[] {"first", "second", "third"}) {
        server.create(name, zip);
      }
      String first = server.invoke("first", "{}").payload().asUtf8String();
      String second = server.invoke("second", "{}").payload().asUtf8String();

      assertThat(server.invoke("third", "{}").functionError()).isNull();

      Eventually.gone(Long.parseLong(first));
      assertThat(server.invoke("second", "{}").payload().asUtf8String()).isEqualTo(second);
    }
  }

  @Test
  void aProcessKilledWhileIdleIsReplacedUnnoticed() throws Exception {
    try (LambdaServer server = LambdaServer.start(data, ONE)) {
      server.create(
          "victim",
          HandlerZip.stream("out.write((ProcessHandle.current().pid() + \"\").getBytes());"));
      String first = server.invoke("victim", "{}").payload().asUtf8String();

      ProcessHandle.of(Long.parseLong(first)).orElseThrow().destroyForcibly();

      InvokeResponse second = server.invoke("victim", "{}");
      assertThat(second.functionError()).isNull();
      assertThat(second.payload().asUtf8String()).isNotEqualTo(first);
    }
  }

  @Test
  void aFunctionThatKillsItsSupervisorIsGoneToo() throws Exception {
    try (LambdaServer server = LambdaServer.start(data)) {
      createNoting(
          server,
          "rebel",
          SPAWN
              + "ProcessHandle.current().parent().get().destroyForcibly();"
              + "while (true) Thread.onSpinWait();",
          10);

      InvokeResponse answer = server.invoke("rebel", "{}");

      assertThat(answer.payload().asUtf8String()).contains("signal: killed");
      for (long process : noted()) {
        Eventually.gone(process);
      }
    }
  }

  @Test
  void aStartThatTakesTooLongIsBegunAgainAndThenCounts() throws Exception {
    PoolLimits hasty =
        new PoolLimits(10, 1, Duration.ofMillis(500), Duration.ofMinutes(1), Duration.ofHours(1));
    try (LambdaServer server = LambdaServer.start(data, hasty)) {
      server.create(
          "sleeper",
          HandlerZip.of(
              "implements RequestStreamHandler",
              "static { if (true) while (true) Thread.onSpinWait(); }"
                  + "public void handleRequest(InputStream in, OutputStream out, Context c) {}"),
          request -> request.timeout(1));

      assertThat(server.invoke("sleeper", "{}").payload().asUtf8String())
          .contains("Task timed out after 1.00 seconds");
    }
  }

  @Test
  void anotherProcessIsNotHeardOnTheRuntimeApi() throws Exception {
    try (LambdaServer server = LambdaServer.start(data)) {
      server.create(
          "private",
          HandlerZip.stream("out.write(System.getenv(\"AWS_LAMBDA_RUNTIME_API\").getBytes());"));
      String authority = server.invoke("private", "{}").payload().asUtf8String();
      int port = Integer.parseInt(authority.substring(authority.indexOf(':') + 1));

      try (Socket thief = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
        OutputStream out = thief.getOutputStream();
        out.write(
            ("GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: " + authority + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        assertThat(endOf(thief)).isTrue();
      }
      assertThat(server.invoke("private", "{}").payload().asUtf8String()).isEqualTo(authority);
    }
  }

  /** The other side closed without a word; by a reset where it had not read what was sent. */
  private static boolean endOf(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() == -1;
    } catch (SocketException e) {
      return true;
    }
  }

  private void createNoting(LambdaServer server, String name, String statements, int timeout) {
    server.create(
        name,
        HandlerZip.stream(statements),
        request ->
            request
                .timeout(timeout)
                .environment(e -> e.variables(Map.of("NOTE", note.toString()))));
  }

  private long[] noted() throws IOException {
    return Stream.of(Files.readString(note).split(" ")).mapToLong(Long::parseLong).toArray();
  }
}
