package dev.gatehouse.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What this JVM holds that could leak. */
record Counts(long processes, long threads, long descriptors) {
  /** Threads come and go in pools of the JDK's own. */
  private static final int SLACK = 12;

  static Counts now() throws IOException {
    return new Counts(ProcessHandle.current().descendants().count(), entries("task"), openFiles());
  }

  /** Files of logs stay open, up to a bound of theirs. */
  private static long openFiles() throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
      return entries.filter(it -> !isLog(it)).count();
    }
  }

  private static boolean isLog(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().contains("/logs/");
    } catch (IOException closed) {
      return true;
    }
  }

  private static long entries(String directory) throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc/self", directory))) {
      return entries.count();
    }
  }

  /** Soon nothing is there that was not; temporary directories belong to living processes. */
  void assertNothingMore(Path data) throws Exception {
    Eventually.holds("no process is left", () -> now().processes() <= processes);
    Eventually.holds("no thread is left", () -> now().threads() <= threads + SLACK);
    Eventually.holds("no descriptor is left", () -> now().descriptors() <= descriptors + SLACK);
    Eventually.holds(
        "no temporary file is left", () -> temporary(data).isEmpty() || now().processes() > 0);
    assertThat(now().processes()).isLessThanOrEqualTo(processes);
  }

  private static List<Path> temporary(Path data) throws IOException {
    try (Stream<Path> entries = Files.list(data.resolve("tmp"))) {
      return entries.toList();
    }
  }
}
