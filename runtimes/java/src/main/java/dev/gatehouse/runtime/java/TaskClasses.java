package dev.gatehouse.runtime.java;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a function's classes come from: the root of its code, then {@code lib/*.jar} in the order
 * of their names, as AWS documents for Java.
 */
final class TaskClasses {
  private TaskClasses() {}

  static ClassLoader loader(Path taskRoot, ClassLoader parent) throws IOException {
    List<URL> urls = new ArrayList<>();
    urls.add(taskRoot.toUri().toURL());
    Path lib = taskRoot.resolve("lib");
    if (Files.isDirectory(lib)) {
      try (Stream<Path> files = Files.list(lib)) {
        for (Path jar : files.filter(TaskClasses::isJar).sorted().toList()) {
          urls.add(jar.toUri().toURL());
        }
      }
    }
    return new URLClassLoader(urls.toArray(URL[]::new), parent);
  }

  private static boolean isJar(Path file) {
    return file.getFileName().toString().endsWith(".jar");
  }
}
