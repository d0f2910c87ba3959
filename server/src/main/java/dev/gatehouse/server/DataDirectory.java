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
  private static final int ATTEMPTS = 5;

  DataDirectory {
    path = path.toAbsolutePath().normalize();
  }

  @Override
  public void close() throws IOException {
    if (!ephemeral) {
      return;
    }
    for (int attempt = 1; Files.exists(path); attempt++) {
      try (Stream<Path> paths = Files.walk(path)) {
        paths.sorted(Comparator.reverseOrder()).forEach(DataDirectory::delete);
      } catch (UncheckedIOException failed) { // a process that has just ended may take its own away
        if (attempt == ATTEMPTS) {
          throw failed;
        }
      }
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
