package dev.gatehouse.logs;

import dev.gatehouse.model.Scope;
import dev.gatehouse.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which groups and streams there are: what the directories say. Changes are the writer's. */
final class LogGroups {
  private static final String DESCRIPTION = "group.json";

  private final Layout layout;
  private final LogWriter writer;

  LogGroups(Layout layout, LogWriter writer) {
    this.layout = layout;
    this.writer = writer;
  }

  List<LogGroup> all(Scope scope) throws IOException {
    Map<String, LogGroup> groups = new TreeMap<>();
    for (Path directory : list(layout.groups(scope))) {
      String name = Files.isDirectory(directory) ? Layout.name(directory) : "";
      if (!name.isEmpty()) {
        groups.put(name, describe(directory, name));
      }
    }
    for (Path file : list(layout.access(scope))) {
      String name = Files.isDirectory(file) ? "" : Layout.name(file);
      if (!name.isEmpty()) {
        groups.putIfAbsent(name, LogGroup.of(name, created(file)));
      }
    }
    return List.copyOf(groups.values());
  }

  Optional<LogGroup> find(Scope scope, String name) throws IOException {
    Path directory = layout.group(scope, name);
    if (Files.isDirectory(directory)) {
      return Optional.of(describe(directory, name));
    }
    Path access = layout.file(new LogName(scope, name, LogName.ACCESS));
    return Files.exists(access)
        ? Optional.of(LogGroup.of(name, created(access)))
        : Optional.empty();
  }

  private static LogGroup describe(Path directory, String name) throws IOException {
    Path description = directory.resolve(DESCRIPTION);
    return Files.exists(description)
        ? Json.mapper().readValue(Files.readAllBytes(description), LogGroup.class)
        : LogGroup.of(name, created(directory));
  }

  private static long created(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).creationTime().toMillis();
  }

  private static List<Path> list(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  boolean create(Scope scope, LogGroup group) throws IOException {
    if (find(scope, group.name()).isPresent()) {
      return false;
    }
    save(scope, group);
    return true;
  }

  boolean update(Scope scope, LogGroup group) throws IOException {
    if (find(scope, group.name()).isEmpty()) {
      return false;
    }
    save(scope, group);
    return true;
  }

  private void save(Scope scope, LogGroup group) throws IOException {
    Path directory = Files.createDirectories(layout.group(scope, group.name()));
    layout.noteGroup(scope, group.name());
    Path fresh = directory.resolve(DESCRIPTION + ".new");
    Files.write(fresh, Json.mapper().writeValueAsBytes(group));
    Files.move(fresh, directory.resolve(DESCRIPTION), StandardCopyOption.ATOMIC_MOVE);
  }

  boolean delete(Scope scope, String group) throws IOException {
    if (find(scope, group).isEmpty()) {
      return false;
    }
    for (LogName stream : streams(scope, group)) {
      delete(stream);
    }
    Path directory = layout.group(scope, group);
    for (Path file : list(directory)) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(directory);
    return true;
  }

  List<LogName> streams(Scope scope, String group) throws IOException {
    List<LogName> streams = new ArrayList<>();
    LogName access = new LogName(scope, group, LogName.ACCESS);
    if (Files.exists(layout.file(access))) {
      streams.add(access);
    }
    for (Path file : list(layout.group(scope, group))) {
      String name = Layout.name(file);
      if (!name.isEmpty()) {
        streams.add(new LogName(scope, group, name));
      }
    }
    streams.sort(Comparator.comparing(LogName::stream));
    return streams;
  }

  boolean create(LogName stream) throws IOException {
    Path file = layout.file(stream);
    if (Files.exists(file)) {
      return false;
    }
    Files.createDirectories(file.resolveSibling("."));
    layout.noteNames(stream);
    Files.createFile(file);
    return true;
  }

  boolean delete(LogName stream) throws IOException {
    Path file = layout.file(stream);
    writer.close(stream);
    boolean there = Files.exists(file);
    OldStreams.delete(file);
    return there;
  }
}
