package dev.gatehouse.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The jars of one part of the distribution, in an order that is always the same. */
final class Jars {
  private Jars() {}

  /**
   * The jars in a directory.
   *
   * @throws IOException where there is none: the distribution is not complete
   */
  static List<Path> in(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new IOException("the distribution is not complete: " + directory + " is missing");
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }
}
