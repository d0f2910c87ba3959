package dev.gatehouse.lambda.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is installed on this machine, each under the one runtime name that its version has. What is
 * found never stands for another version: only the configuration can say that.
 *
 * @param home of whoever runs the server
 * @param path the directories of {@code PATH}
 */
public record Installed(Path home, List<Path> path) {
  private static final Pattern NODE_VERSION = Pattern.compile("v(\\d+)\\.\\d+\\.\\d+");
  private static final Pattern PYTHON_VERSION = Pattern.compile("Python (3\\.\\d+)\\.\\S+");
  private static final long PATIENCE_SECONDS = 10;
  private static final int MAX_TEXT = 256;

  public Installed {
    path = List.copyOf(path);
  }

  /** Of the user who runs this process. */
  public static Installed here() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    List<Path> directories =
        Stream.concat(Stream.of("/usr/bin", "/usr/local/bin"), Stream.of(path.split(":")))
            .filter(directory -> directory.startsWith("/"))
            .map(Path::of)
            .distinct()
            .toList();
    return new Installed(Path.of(System.getProperty("user.home")), directories);
  }

  /** JDK homes by runtime name, those that our bootstrap runs on. */
  Map<String, Path> jdks() {
    Map<String, Path> found = new TreeMap<>();
    List<Path> homes = new ArrayList<>();
    for (String place : List.of("/usr/lib/jvm", "/usr/java", "/opt/java")) {
      homes.addAll(entries(Path.of(place), "*"));
    }
    homes.addAll(entries(Path.of("/opt"), "jdk*"));
    homes.addAll(entries(home.resolve(".jdks"), "*"));
    homes.addAll(entries(home.resolve(".sdkman/candidates/java"), "*"));
    for (Path jdk : homes) {
      if (Files.isExecutable(jdk.resolve("bin/java"))) {
        String name = "java" + javaVersion(jdk);
        if (name.matches("java(17|21|25)")) {
          found.putIfAbsent(name, jdk);
        }
      }
    }
    return found;
  }

  private static int javaVersion(Path jdk) {
    try {
      return AotCache.versionOf(jdk);
    } catch (IOException e) {
      return 0; // no JDK that says what it is
    }
  }

  /** Executables of Node.js by runtime name. */
  Map<String, Path> nodes() {
    Map<String, Path> found = new TreeMap<>();
    List<Path> places = new ArrayList<>(path.stream().map(it -> it.resolve("node")).toList());
    entries(home.resolve(".nvm/versions/node"), "v*")
        .forEach(version -> places.add(version.resolve("bin/node")));
    for (Path node : places) {
      if (Files.isExecutable(node)) {
        nodeVersion(node).ifPresent(it -> found.putIfAbsent("nodejs" + it + ".x", node));
      }
    }
    return found;
  }

  /** Executables of Python by runtime name, those that carry their version in their name. */
  Map<String, Path> pythons() {
    Map<String, Path> found = new TreeMap<>();
    List<Path> places = new ArrayList<>(path);
    entries(home.resolve(".pyenv/versions"), "*").forEach(it -> places.add(it.resolve("bin")));
    for (Path place : places) {
      boolean shims = place.endsWith("shims"); // scripts that start whichever version is chosen
      for (Path python : shims ? List.<Path>of() : entries(place, "python3.*")) {
        String name = String.valueOf(python.getFileName());
        if (Language.PYTHON.version(name).isPresent() && Files.isExecutable(python)) {
          found.putIfAbsent(name, python);
        }
      }
    }
    return found;
  }

  /** The major version that an executable says it is. */
  public static Optional<String> nodeVersion(Path node) {
    return version(node, NODE_VERSION);
  }

  /** The version, as {@code 3.11}, that an executable says it is. */
  public static Optional<String> pythonVersion(Path python) {
    return version(python, PYTHON_VERSION);
  }

  private static Optional<String> version(Path executable, Pattern form) {
    try {
      Process process =
          new ProcessBuilder(executable.toString(), "--version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = text(process.getInputStream().readNBytes(MAX_TEXT));
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Matcher version = form.matcher(text);
      return version.matches() ? Optional.of(version.group(1)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // not an executable of that kind after all
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static String text(byte[] printed) {
    return new String(printed, StandardCharsets.UTF_8).strip();
  }

  private static List<Path> entries(Path directory, String pattern) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, pattern)) {
      entries.forEach(found::add);
    } catch (IOException e) {
      return List.of(); // no such place on this machine
    }
    found.sort(null);
    return found;
  }
}
