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
    String source =
        "import os, signal, subprocess, sys, tempfile, time, threading\n"
            + "def handler(e, c):\n  "
            + body
            + "\n";
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
        "os._exit(7) | Runtime.ExitError | Error: Runtime exited with error: exit status 7",
        "os._exit(0) | Runtime.ExitError | Error: Runtime exited without providing a reason",
        "os.kill(os.getpid(), signal.SIGSEGV) | Runtime.ExitError | Error: Runtime exited with error: signal: segmentation fault",
        "os.abort() | Runtime.ExitError | Error: Runtime exited with error: signal: aborted",
        "return 'x' * 7_000_000 | Function.ResponseSizeTooLarge | Response payload size exceeded maximum allowed payload size (6291556 bytes).",
        "keep = [bytearray(b'x' * (1 << 20)) for i in range(3000)]; time.sleep(60) | Runtime.ExitError | Error: Runtime exited with error: signal: killed",
        "f = open(tempfile.gettempdir() + '/f', 'wb'); [f.write(b'x' * (1 << 20)) for i in range(600)] | OSError | [Errno 27] File too large",
      })
  void aFaultIsToldAsAwsDoesAndLeavesNothing(String body, String type, String message)
      throws Exception {
    String name = create(body, 30, 128);
    server.invoke(name, "{}"); // what is made once is made
    Counts before = Counts.now();
    for (int i = 0; i < ROUNDS; i++) {
      InvokeResponse answer = server.invoke(name, "{}");
      assertThat(answer.functionError()).isEqualTo("Unhandled");
      assertThat(payload(answer).path("errorType").asString()).isEqualTo(type);
      assertThat(payload(answer).path("errorMessage").asString()).endsWith(message);
    }
    before.assertNothingMore(data);
  }

  @Test
  void aFunctionThatNeverReturnsAndIgnoresSignalsIsEnded() throws Exception {
    String name =
        create(
            "[signal.signal(s, signal.SIG_IGN) for s in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)];"
                + " time.sleep(600)",
            1,
            128);
    server.invoke(name, "{}");
    Counts before = Counts.now();
    assertThat(payload(server.invoke(name, "{}")).path("errorMessage").asString())
        .endsWith("Task timed out after 1.00 seconds");
    before.assertNothingMore(data);
  }

  @Test
  void whatLeavesItsGroupIsFoundAllTheSame() throws Exception {
    String name =
        create(
            "p = [subprocess.Popen(['/bin/sleep', '600'], start_new_session=True) for i in range(20)];"
                + " os._exit(1)",
            10,
            128);
    server.invoke(name, "{}");
    Counts before = Counts.now();
    for (int i = 0; i < ROUNDS; i++) {
      server.invoke(name, "{}");
    }
    before.assertNothingMore(data);
    assertThat(
            ProcessHandle.allProcesses()
                .filter(it -> it.info().commandLine().orElse("").equals("/bin/sleep 600")))
        .isEmpty();
  }

  @Test
  void whatForksWithoutEndIsHeldToAThousand() throws Exception {
    String name =
        create(
            "p = [subprocess.Popen(['/bin/sleep', '600']) for i in range(2000)]; time.sleep(60)",
            60,
            512);
    Counts before = Counts.now();
    InvokeResponse answer = server.invoke(name, "{}");
    assertThat(answer.functionError()).isEqualTo("Unhandled");
    // As another user it only gets no more of them, as on AWS: they go when the function does.
    server.client().deleteFunction(it -> it.functionName(name));
    before.assertNothingMore(data);
  }

  @Test
  void aMillionLinesAreTakenAndTheEndIsKept() {
    String name =
        create(
            "[sys.stdout.write('line %d\\n' % i) for i in range(1_000_000)]; return 1", 120, 512);
    InvokeResponse answer = server.invoke(name, "{}", it -> it.logType(LogType.TAIL));
    assertThat(answer.functionError()).as(answer.payload().asUtf8String()).isNull();
    String log = new String(Base64.getDecoder().decode(answer.logResult()), StandardCharsets.UTF_8);
    assertThat(log).contains("line 999999\n", "END RequestId: ");
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
    int user = told.path("user").intValue();
    if (Users.isRoot()) {
      assertThat(user).isBetween(58_000, 58_199);
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
