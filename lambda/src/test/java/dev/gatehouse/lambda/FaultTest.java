package dev.gatehouse.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.lambda.process.Users;
import dev.gatehouse.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;
import tools.jackson.databind.JsonNode;

/**
 * Functions that go wrong in every way there is: each is told of as AWS does, and nothing of it is
 * left. {@code -Dgatehouse.fault-rounds=1000} repeats each.
 */
class FaultTest {
  private static final int ROUNDS = Integer.getInteger("gatehouse.fault-rounds", 2);

  /** A thousand million lines would take half an hour alone. */
  private static final int MOST_LOGS = 100;

  private static final String PRELUDE =
      """
      import os, signal, subprocess, sys, tempfile, time
      def ignore():
        for s in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
          signal.signal(s, signal.SIG_IGN)
      def sleepers(count, **how):
        name = [os.environ['LAMBDA_TASK_ROOT'], '613']
        return [subprocess.Popen(name, executable='/bin/sleep', **how) for i in range(count)]
      def forks(count):
        try:
          for i in range(count):
            if os.fork() == 0:
              time.sleep(600)
        except OSError:
          pass
      def fill(name, allocated, written):
        with open(tempfile.gettempdir() + '/' + name, 'wb') as file:
          os.posix_fallocate(file.fileno(), 0, allocated << 20)
          file.seek(0, os.SEEK_END)
          for i in range(written):
            file.write(b'x' * (1 << 20))
      def lines(count):
        for i in range(0, count, 1000):
          sys.stdout.write(''.join('line %d\\n' % j for j in range(i, i + 1000)))
      """;

  @TempDir static Path data;
  private static LambdaServer server;
  private static int count;

  @BeforeAll
  static void start() throws IOException {
    server = LambdaServer.contained(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String create(String body, int timeout, int memory) {
    String name = "fault" + count++;
    String source = PRELUDE + "def handler(e, c):\n  " + body + "\n";
    server.create(
        name,
        Zip.of("app.py", source),
        it ->
            it.runtime(server.installed("python"))
                .handler("app.handler")
                .timeout(timeout)
                .memorySize(memory));
    return name;
  }

  private static JsonNode payload(InvokeResponse answer) {
    return Json.mapper().readTree(answer.payload().asUtf8String());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "8 | os._exit(7) | Runtime.ExitError | Error: Runtime exited with error: exit status 7",
        "8 | os._exit(0) | Runtime.ExitError | Error: Runtime exited without providing a reason",
        "8 | os.kill(os.getpid(), signal.SIGSEGV) | Runtime.ExitError | Error: Runtime exited with error: signal: segmentation fault",
        "8 | os.abort() | Runtime.ExitError | Error: Runtime exited with error: signal: aborted",
        "4 | return 'x' * 7_000_000 | Function.ResponseSizeTooLarge | Response payload size exceeded maximum allowed payload size (6291556 bytes).",
        "4 | keep = [bytearray(b'x' * (1 << 20)) for i in range(3000)]; time.sleep(60) | Runtime.ExitError | Error: Runtime exited with error: signal: killed",
        "4 | fill('f', 500, 100) | OSError | [Errno 27] File too large",
        "8 | fill('a', 300, 0); fill('b', 300, 0); time.sleep(60) | Runtime.ExitError | Error: Runtime exited with error: signal: killed",
        "8 | sleepers(20, start_new_session=True); os._exit(1) | Runtime.ExitError | Error: Runtime exited with error: exit status 1",
        "8 | sleepers(20, start_new_session=True, env={}); os._exit(1) | Runtime.ExitError | Error: Runtime exited with error: exit status 1",
      })
  void aFaultIsToldAsAwsDoesAndLeavesNothing(int atOnce, String body, String type, String message)
      throws Exception {
    String name = create(body, 60, 128);
    repeat(
        atOnce,
        name,
        answer -> {
          assertThat(answer.path("errorType").asString()).isEqualTo(type);
          assertThat(answer.path("errorMessage").asString()).endsWith(message);
        });
  }

  @Test
  void aFunctionThatNeverReturnsAndIgnoresSignalsIsEnded() throws Exception {
    String name = create("ignore(); time.sleep(600)", 1, 128);
    repeat(
        8,
        name,
        answer ->
            assertThat(answer.path("errorMessage").asString())
                .endsWith("Task timed out after 1.00 seconds"));
  }

  /** As another user it only gets no more of them, as on AWS; as the same one it is ended. */
  @Test
  void whatForksWithoutEndIsHeldToAThousand() throws Exception {
    String name = create("forks(1100); os._exit(1)", 60, 512);
    repeat(2, name, answer -> assertThat(answer.path("errorType").asString()).isNotEmpty());
  }

  @Test
  void whatForkedProcessesShareCountsOnce() {
    String name = create("keep = b'x' * (100 << 20); forks(8); time.sleep(2); return 1", 60, 128);
    InvokeResponse answer = server.invoke(name, "{}");
    assertThat(answer.functionError()).as(answer.payload().asUtf8String()).isNull();
    server.client().deleteFunction(it -> it.functionName(name));
  }

  /** Those that stay warm go with their function, with all that they have started. */
  private static void repeat(int atOnce, String function, Consumer<JsonNode> check)
      throws Exception {
    Counts before = Counts.now(data);
    Rounds.run(
        ROUNDS,
        atOnce,
        () -> {
          InvokeResponse answer = server.invoke(function, "{}");
          assertThat(answer.functionError()).isEqualTo("Unhandled");
          check.accept(payload(answer));
        });
    server.client().deleteFunction(it -> it.functionName(function));
    before.assertNothingMore(data);
  }

  @Test
  void aMillionLinesAreTakenAndTheEndIsKept() throws Exception {
    String name = create("lines(1_000_000); return 1", 120, 512);
    Counts before = Counts.now(data);
    Rounds.run(
        Math.min(ROUNDS, MOST_LOGS),
        2,
        () -> {
          InvokeResponse answer = server.invoke(name, "{}", it -> it.logType(LogType.TAIL));
          assertThat(answer.functionError()).as(answer.payload().asUtf8String()).isNull();
          byte[] log = Base64.getDecoder().decode(answer.logResult());
          assertThat(new String(log, StandardCharsets.UTF_8))
              .contains("line 999999\n", "END RequestId: ");
        });
    server.client().deleteFunction(it -> it.functionName(name));
    before.assertNothingMore(data);
  }

  @Test
  void aProcessRunsAsAUserOfItsOwnWhereGatehouseIsRoot() throws Exception {
    String script =
        """
        #!/bin/sh
        base="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
        head=$(mktemp)
        curl -sS -o /dev/null -D "$head" "$base/invocation/next"
        id=$(tr -d '\\r' <"$head" | sed -n 's/^[Ll]ambda-[Rr]untime-[Aa]ws-[Rr]equest-[Ii]d: //p')
        touch "$TMPDIR/mine" && own=yes
        [ -e /tmp/mine ] && tmp=own
        cat "$DATABASE" >/dev/null 2>&1 && db=read
        curl -sS "$base/invocation/$id/response" \\
          -d "{\\"user\\":$(id -u),\\"db\\":\\"$db\\",\\"tmp\\":\\"$tmp\\",\\"own\\":\\"$own\\",\\"nofile\\":\\"$(ulimit -n)\\",\\"core\\":\\"$(ulimit -c)\\",\\"fds\\":\\"$(ls /proc/$$/fd | tr '\\n' ' ')\\"}"
        sleep 5
        """;
    server.create(
        "whoami",
        Zip.executable("bootstrap", script),
        it ->
            it.runtime("provided.al2023")
                .handler("x")
                .environment(e -> e.variables(Map.of("DATABASE", data + "/gatehouse.db"))));
    JsonNode told = payload(server.invoke("whoami", "{}"));
    assertThat(told.has("user")).as("%s", told).isTrue();
    assertThat(Counts.now(data).processes()).isNotEmpty();
    int user = told.path("user").intValue();
    if (Users.isRoot()) {
      assertThat(user).isBetween(58_000, 58_399);
      assertThat(told.path("db").asString()).isEmpty();
      assertThat(told.path("tmp").asString()).isEqualTo("own");
      assertThat(Path.of("/tmp/mine")).doesNotExist();
    } else {
      assertThat(user).isEqualTo(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }
    assertThat(told.path("own").asString()).isEqualTo("yes");
    assertThat(told.path("nofile").asString()).isEqualTo("1024");
    assertThat(told.path("core").asString()).isEqualTo("0");
    assertThat(told.path("fds").asString().strip()).matches("0 1 (10 )?2( 3)?( 255)?");
  }

  @Test
  void manyFaultsAtOnceDoNotDisturbOneAnother() throws Exception {
    String bad = create("os._exit(1)", 10, 128);
    String good = create("return os.getpid()", 10, 128);
    int pid = payload(server.invoke(good, "{}")).intValue();
    FutureTask<Void> faults =
        new FutureTask<>(() -> {
          for (int i = 0; i < 5; i++) {
            server.invoke(bad, "{}");
          }
          return null;
        });
    Thread.startVirtualThread(faults);
    for (int i = 0; i < 20; i++) {
      assertThat(payload(server.invoke(good, "{}")).intValue()).isEqualTo(pid);
    }
    faults.get();
  }
}
