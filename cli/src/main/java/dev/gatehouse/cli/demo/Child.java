package dev.gatehouse.cli.demo;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** One process of the demo with its log. */
record Child(String name, Process process, Path log) {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int TAIL_LINES = 15;

  static Child start(String name, Path folder, ProcessBuilder builder, Children children)
      throws IOException {
    Path log = folder.resolve(name.replace(' ', '-') + ".log");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new Child(name, children.start(builder), log);
  }

  /**
   * Waits for a sign of the process.
   *
   * @throws DemoFailure with the end of its log, where it ends instead or takes too long
   */
  <T> T await(Supplier<Optional<T>> sign) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      boolean alive = process.isAlive();
      Optional<T> seen = sign.get();
      if (seen.isPresent()) {
        return seen.get();
      }
      if (!alive) {
        throw failure("ended with exit code " + process.exitValue());
      }
      Thread.sleep(10);
    }
    throw failure("was not ready within " + PATIENCE.toSeconds() + " s");
  }

  /** A failure of this process, with the end of its log. */
  DemoFailure failure(String what) {
    return new DemoFailure("the " + name + " " + what + tail());
  }

  /** The last lines of the log, after a line that says so. */
  String tail() {
    String text = text().stripTrailing();
    if (text.isEmpty()) {
      return "; its log is empty";
    }
    String[] lines = text.split("\n", -1);
    int from = Math.max(0, lines.length - TAIL_LINES);
    StringBuilder tail = new StringBuilder("; the end of its log:");
    for (int i = from; i < lines.length; i++) {
      tail.append("\n    ").append(lines[i]);
    }
    return tail.toString();
  }

  /** What the process has written so far. */
  String text() {
    try {
      return new String(Files.readAllBytes(log), Charset.defaultCharset());
    } catch (IOException e) {
      return "";
    }
  }
}
