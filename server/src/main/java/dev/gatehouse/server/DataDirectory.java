package dev.gatehouse.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where a server keeps everything.
 *
 * @param ephemeral whether it is deleted when the server stops
 */
record DataDirectory(Path path, boolean ephemeral) implements AutoCloseable {

  DataDirectory {
    path = path.toAbsolutePath().normalize();
  }

  @Override
  public void close() throws IOException {
    if (!ephemeral) {
      return;
    }
    try (Stream<Path> paths = Files.walk(path)) {
      paths.sorted(Comparator.reverseOrder()).forEach(DataDirectory::delete);
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
