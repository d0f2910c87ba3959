package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.FullDisk;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Program;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that takes no more: here the limit of a process on the size of its files, which needs no
 * mount; {@code DiskSoak} does the same on a file system that is full.
 */
class DiskFullIT {
  @TempDir Path directory;

  @Test
  void writesAreRefusedAndReadsAndTrafficGoOn() throws Exception {
    try (RunningGatehouse gw = RunningGatehouse.start(directory.resolve("data"));
        Backend backend = Backend.start();
        HttpApi api = HttpApi.create(gw)) {
      api.routes(api.url(backend.url()), "GET /x");
      api.serve();
      limit(gw, "4096");
      FullDisk.assertRefusesWritesOnly(gw.control(), api);
      limit(gw, "unlimited");
      FullDisk.assertWritesAgain(gw.control(), api);
    }
  }

  /** The soft limit only, so that it can be taken back. */
  private void limit(RunningGatehouse gw, String bytes) throws Exception {
    Program.Result result =
        Program.run(
            directory,
            Map.of(),
            "/usr/bin/prlimit",
            "--pid=" + server(gw).pid(),
            "--fsize=" + bytes + ":");
    assertThat(result.exit()).as(result.output()).isZero();
  }

  /** The server itself, where the launcher is a process of its own. */
  private static ProcessHandle server(RunningGatehouse gw) {
    return gw.process()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .filter(process -> process.info().commandLine().orElse("").contains(" serve "))
        .findFirst()
        .orElse(gw.process().toHandle());
  }
}
