package dev.gatehouse.cli.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/** The demo's folder and processes. Closing, however often and from whichever thread, ends both. */
record Workplace(Path folder, Children children) implements AutoCloseable {

  /** What is done there. */
  @FunctionalInterface
  interface Work {
    void at(Workplace place);
  }

  /**
   * Works in a folder that is gone afterwards, with no process left behind, however it ends.
   *
   * @param stay whether to keep everything up until the process is stopped
   */
  static void with(PrintStream out, boolean stay, Work work)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("gatehouse-demo-");
    Workplace workplace = new Workplace(folder, new Children());
    Thread atExit = Thread.ofPlatform().unstarted(workplace::close);
    Runtime.getRuntime().addShutdownHook(atExit);
    try (workplace) {
      work.at(workplace);
      if (stay) {
        out.println("All of it stays up; Ctrl-C stops it.");
        Thread.sleep(Duration.ofDays(10_000));
      }
    }
  }

  @Override
  public void close() {
    children.close();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // Gone already, or the system's temporary folder is swept by the system.
      return;
    }
  }
}
