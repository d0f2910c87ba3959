package dev.gatehouse.logs;

import dev.gatehouse.model.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where groups and streams are on disk.
 *
 * @param root of all logs
 */
record Layout(Path root) {
  private static final String TEXT = ".log";
  private static final String NAME = ".name";

  /** The directory of a scope's groups. */
  Path groups(Scope scope) {
    return below("groups", scope);
  }

  /** The directory of a scope's access logs. */
  Path access(Scope scope) {
    return below("access", scope);
  }

  private Path below(String kind, Scope scope) {
    return root.resolve(kind)
        .resolve(FileNames.of(scope.account()))
        .resolve(FileNames.of(scope.region()));
  }

  /** The directory of a group's streams; its access log is elsewhere. */
  Path group(Scope scope, String group) {
    return groups(scope).resolve(FileNames.of(group));
  }

  /** The file of a stream's text. */
  Path file(LogName name) {
    return directory(name).resolve(FileNames.of(named(name)) + TEXT);
  }

  private Path directory(LogName name) {
    return switch (name.stream()) {
      case LogName.ACCESS -> access(name.scope());
      case LogName.DELIVERED -> access(name.scope()).resolve("firehose");
      default -> group(name.scope(), name.group());
    };
  }

  /** Which of its two names the file has. */
  private static String named(LogName name) {
    return isPlain(name) ? name.stream() : name.group();
  }

  /** Whether a stream is one of many in the directory of its group. */
  static boolean isPlain(LogName name) {
    return !name.stream().equals(LogName.ACCESS) && !name.stream().equals(LogName.DELIVERED);
  }

  /** Notes the names of a stream that its files' names have only in part. */
  void noteNames(LogName name) throws IOException {
    note(directory(name), named(name));
    if (isPlain(name)) {
      noteGroup(name.scope(), name.group());
    }
  }

  /** Notes a group's name. */
  void noteGroup(Scope scope, String group) throws IOException {
    note(groups(scope), group);
  }

  private static void note(Path directory, String name) throws IOException {
    String file = FileNames.of(name);
    if (FileNames.isShortened(file)) {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve(file + NAME), name);
    }
  }

  /** The name behind a directory or a file of text; empty where it is neither. */
  static String name(Path path) throws IOException {
    String file = path.getFileName().toString();
    if (file.endsWith(TEXT)) {
      file = file.substring(0, file.length() - TEXT.length());
    } else if (!Files.isDirectory(path)) {
      return "";
    }
    if (!FileNames.isShortened(file)) {
      return FileNames.name(file);
    }
    Path noted = path.resolveSibling(file + NAME);
    return Files.exists(noted) ? Files.readString(noted) : FileNames.name(file);
  }
}
