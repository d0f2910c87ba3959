package dev.gatehouse.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The demo's folder and processes. Closing, however often and from whichever thread, ends both. */
record Workplace(Path folder, Children children) implements AutoCloseable {

  @Override
  public void close() {
    children.close();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      // Gone already, or the system's temporary folder is swept by the system.
      return;
    }
  }
}
