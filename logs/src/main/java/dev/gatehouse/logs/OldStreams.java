package dev.gatehouse.logs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps a group from growing without an end: each process of a function has a stream of its own.
 */
final class OldStreams {
  private OldStreams() {}

  private record Aged(Path file, FileTime changed) {}

  /** Before a stream begins, deletes the oldest of its group where there are too many. */
  static void prune(Path starting, int most) throws IOException {
    Path directory = starting.getParent();
    if (directory == null || Files.exists(starting) || !Files.isDirectory(directory)) {
      return;
    }
    List<Aged> streams = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files.filter(OldStreams::isText)::iterator) {
        streams.add(new Aged(file, Files.getLastModifiedTime(file)));
      }
    }
    streams.sort(Comparator.comparing(Aged::changed));
    for (int i = 0; i <= streams.size() - most; i++) {
      delete(streams.get(i).file());
    }
  }

  private static boolean isText(Path file) {
    return file.getFileName().toString().endsWith(".log");
  }

  /** Deletes all files of a stream. */
  static void delete(Path text) throws IOException {
    String name = text.getFileName().toString();
    for (Path file : List.of(text, LogFile.older(text))) {
      Files.deleteIfExists(file);
      Files.deleteIfExists(LogFile.index(file));
    }
    Files.deleteIfExists(
        text.resolveSibling(name.substring(0, name.length() - ".log".length()) + ".name"));
  }
}
