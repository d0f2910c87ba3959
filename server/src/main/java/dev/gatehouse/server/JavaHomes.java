package dev.gatehouse.server;

import dev.gatehouse.lambda.runtime.AotCache;
import dev.gatehouse.server.config.WrongConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The JDKs that functions run on. */
final class JavaHomes {
  private JavaHomes() {}

  /**
   * The configured ones, each looked at, and the server's own for {@code java25} where none is
   * configured for it.
   */
  static Map<String, Path> all(Map<String, Path> configured) {
    Map<String, Path> homes = new HashMap<>();
    homes.put("java25", Path.of(System.getProperty("java.home")));
    configured.forEach((name, home) -> {
      check(name, home);
      homes.put(name, home);
    });
    return homes;
  }

  private static void check(String name, Path home) {
    String key = "runtimes." + name + ": ";
    if (!Files.isExecutable(home.resolve("bin/java"))) {
      throw new WrongConfiguration(key + "there is no JDK in " + home);
    }
    try {
      int version = AotCache.versionOf(home);
      if (!name.equals("java" + version)) {
        throw new WrongConfiguration(key + "the JDK in " + home + " is a " + version);
      }
    } catch (IOException unreadable) {
      throw new WrongConfiguration(key + home + " has no readable release file");
    }
  }
}
