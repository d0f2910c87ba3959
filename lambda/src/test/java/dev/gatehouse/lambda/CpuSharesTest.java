package dev.gatehouse.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.lambda.process.Cgroups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CPU time by memory, where the machine's control groups may be changed. */
class CpuSharesTest {
  /** Works for two seconds and tells the CPU time that it got. */
  private static final String WORK =
      """
      import subprocess, time
      def handler(event, context):
        child = subprocess.Popen(['/bin/sh', '-c', 'while :; do :; done'])
        end = time.monotonic() + 2
        while time.monotonic() < end:
          pass
        child.kill()
        child.wait()
        used = __import__('resource').getrusage
        return sum(sum(used(who)[:2]) for who in (0, -1))
      """;

  @TempDir Path data;

  /** The second hierarchy where it has the CPU, else the first. */
  private static Path parent() throws IOException {
    Path unified = Path.of("/sys/fs/cgroup/cgroup.subtree_control");
    return Files.exists(unified) && Files.readString(unified).contains("cpu")
        ? Path.of("/sys/fs/cgroup")
        : Path.of("/sys/fs/cgroup/cpu");
  }

  private double seconds(LambdaServer server, String name, int memory) {
    server.create(
        name,
        Zip.of("app.py", WORK),
        it ->
            it.runtime(server.installed("python"))
                .handler("app.handler")
                .timeout(30)
                .memorySize(memory));
    return Double.parseDouble(server.invoke(name, "{}").payload().asUtf8String());
  }

  @Test
  void aFunctionWithAllThatItStartsGetsCpuByItsMemory() throws Exception {
    Path group = parent().resolve("gatehouse-test-" + ProcessHandle.current().pid());
    if (!Files.isWritable(parent())) {
      assertThatThrownBy(() -> Cgroups.in(group)).isInstanceOf(IOException.class);
      return;
    }
    try (LambdaServer server = LambdaServer.contained(data, Cgroups.in(group))) {
      assertThat(seconds(server, "small", 128)).isLessThan(0.5);
      assertThat(groups(group)).isNotEmpty();
    }
    try {
      Eventually.holds("no group is left", () -> groups(group).isEmpty());
    } finally {
      Files.delete(group);
    }
  }

  private static List<Path> groups(Path group) throws IOException {
    try (Stream<Path> entries = Files.list(group)) {
      return entries.filter(Files::isDirectory).toList();
    }
  }

  @Test
  void whatIsNoControlGroupIsRefused() {
    assertThatThrownBy(() -> Cgroups.in(data.resolve("group")))
        .hasMessage("it is no control group of the CPU");
  }
}
