package dev.gatehouse.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What could leak.
 *
 * @param processes of a server's functions, whoever their parent is by now
 * @param threads of this JVM but for the JDK's own pools, by name
 * @param descriptors of this JVM, by what they lead to
 * @param temporary directories of processes
 */
record Counts(
    List<String> processes, List<String> threads, List<String> descriptors, List<Path> temporary) {
  /** Connections come and go in pools of the JDK's own. */
  private static final int SLACK = 12;

  /** Threads that the JDK keeps for a minute, or begins when it needs them. */
  private static final List<String> POOLS =
      List.of(
          "process reaper",
          "ForkJoinPool",
          "VirtualThread",
          "MasterPoller",
          "Keep-Alive",
          "GC Thread",
          "G1 ",
          "C1 ",
          "C2 ");

  /**
   * @param data the server's data directory, which each of its processes has in its environment, or
   *     in its command line where a test lets it clear that
   */
  static Counts now(Path data) throws IOException {
    return new Counts(
        in(Path.of("/proc"), it -> ofServer(it, data)),
        in(Path.of("/proc/self/task"), Counts::thread),
        in(Path.of("/proc/self/fd"), Counts::target),
        in(data.resolve("tmp"), it -> it));
  }

  /** Soon nothing is there that was not. */
  void assertNothingMore(Path data) throws Exception {
    Eventually.passes(() -> {
      Counts now = now(data);
      assertThat(now.processes()).as("processes").hasSizeLessThanOrEqualTo(processes.size());
      assertThat(now.temporary()).as("temporary").hasSizeLessThanOrEqualTo(temporary.size());
      assertThat(now.threads()).as("threads").hasSizeLessThanOrEqualTo(threads.size());
      assertThat(now.descriptors())
          .as("descriptors")
          .hasSizeLessThanOrEqualTo(descriptors.size() + SLACK);
    });
  }

  /** What tells of an entry; null where it is not to be counted. */
  private interface Reading<T> {
    T of(Path entry) throws IOException;
  }

  private static <T> List<T> in(Path directory, Reading<T> reading) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(it -> read(it, reading)).filter(Objects::nonNull).toList();
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  private static <T> T read(Path entry, Reading<T> reading) {
    try {
      return reading.of(entry);
    } catch (IOException gone) {
      return null;
    }
  }

  private static String ofServer(Path process, Path data) throws IOException {
    if (!process.getFileName().toString().matches("[0-9]+")) {
      return null;
    }
    String command = text(process.resolve("cmdline"));
    boolean ours =
        command.contains(data.toString()) || text(process.resolve("environ")).contains("" + data);
    return ours ? process + " " + command.substring(0, Math.min(80, command.length())) : null;
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  private static String thread(Path task) throws IOException {
    String name = Files.readString(task.resolve("comm")).strip();
    return POOLS.stream().anyMatch(name::startsWith) ? null : name;
  }

  /** Files of logs stay open, up to a bound of theirs. */
  private static String target(Path descriptor) throws IOException {
    String target = Files.readSymbolicLink(descriptor).toString();
    return target.contains("/logs/") ? null : target;
  }
}
