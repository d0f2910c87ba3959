package dev.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watches the system calls of a process that writes: an answer follows its fsync. */
class DurabilityTest {
  private static final int WRITES = 30;
  private static final String LOG_FILE = "gatehouse.db-wal>";

  @TempDir Path directory;

  /** What a system call of the writing thread is to us. */
  private enum Step {
    WRITTEN,
    SYNCED,
    ACKNOWLEDGED
  }

  @Test
  void everyAnsweredWriteIsOnTheDiskBefore() throws Exception {
    Path trace = directory.resolve("trace");
    List<String> strace =
        List.of(
            "strace",
            "-f",
            "-y",
            "--seccomp-bpf",
            "-e",
            "trace=write,pwrite64,fdatasync,fsync",
            "-e",
            "signal=none",
            "-o",
            trace.toString());
    try (StoreProcess process = StoreProcess.start(directory.resolve("data"), strace)) {
      for (int i = 1; i <= WRITES; i++) {
        assertThat(process.next()).isEqualTo("" + i);
      }
    }

    int acknowledged = 0;
    Step last = Step.ACKNOWLEDGED;
    for (Step step : steps(trace)) {
      if (step == Step.ACKNOWLEDGED) {
        assertThat(last).as("what comes before answer %d", acknowledged + 1).isEqualTo(Step.SYNCED);
        acknowledged++;
      }
      last = step;
    }
    assertThat(acknowledged).isGreaterThanOrEqualTo(WRITES);
  }

  /** The steps of the thread that answers; a call that another thread interrupts ends later. */
  private static List<Step> steps(Path trace) throws IOException {
    List<String> lines = Files.readAllLines(trace);
    String writer =
        lines.stream().filter(line -> line.contains(LOG_FILE)).findFirst().orElseThrow();
    String thread = writer.substring(0, writer.indexOf(' '));
    List<Step> steps = new ArrayList<>();
    String unfinished = "";
    for (String line : lines) {
      if (line.startsWith(thread + " ")) {
        if (line.contains("<unfinished")) {
          unfinished = line;
        } else {
          add(steps, line.contains(" resumed>") ? unfinished + line : line);
        }
      }
    }
    return steps;
  }

  private static void add(List<Step> steps, String call) {
    boolean ofLog = call.contains(LOG_FILE);
    if (call.contains("pwrite64(") && ofLog) {
      steps.add(Step.WRITTEN);
    } else if (call.contains("sync(") && ofLog && call.endsWith("= 0")) {
      steps.add(Step.SYNCED);
    } else if (call.contains(" write(1<")) {
      steps.add(Step.ACKNOWLEDGED);
    }
  }
}
