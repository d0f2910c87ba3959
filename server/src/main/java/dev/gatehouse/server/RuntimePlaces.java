package dev.gatehouse.server;

import dev.gatehouse.lambda.runtime.AotCache;
import dev.gatehouse.lambda.runtime.Installed;
import dev.gatehouse.lambda.runtime.Language;
import dev.gatehouse.server.config.WrongConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The JDKs and executables that the configuration names for functions. */
final class RuntimePlaces {
  private static final Logger LOG = LoggerFactory.getLogger(RuntimePlaces.class);

  private RuntimePlaces() {}

  /**
   * The configured ones, each looked at, and the server's own JDK for {@code java25} where none is
   * configured for it.
   */
  static Map<String, Path> all(Map<String, Path> configured) {
    Map<String, Path> places = new HashMap<>();
    places.put("java25", Path.of(System.getProperty("java.home")));
    configured.forEach((name, place) -> {
      check(name, place);
      places.put(name, place);
    });
    return places;
  }

  private static void check(String name, Path place) {
    switch (Language.of(name).orElseThrow()) {
      case JAVA -> checkJdk(name, place);
      case NODE -> checkExecutable(name, place, "Node.js", Installed::nodeVersion);
      case PYTHON -> checkExecutable(name, place, "Python", Installed::pythonVersion);
      case PROVIDED -> throw wrong(name, "nothing can be named for it: functions bring their own");
    }
  }

  private static void checkJdk(String name, Path home) {
    if (!Files.isExecutable(home.resolve("bin/java"))) {
      throw wrong(name, "there is no JDK in " + home);
    }
    try {
      int version = AotCache.versionOf(home);
      int wanted = Integer.parseInt(Language.JAVA.version(name).orElseThrow());
      boolean fits =
          wanted < Language.OLDEST_JAVA ? version >= Language.OLDEST_JAVA : version == wanted;
      if (!fits) {
        throw wrong(name, "the JDK in " + home + " is a " + version);
      }
    } catch (IOException unreadable) {
      throw wrong(name, home + " has no readable release file");
    }
  }

  /** What an executable says its version is. */
  private interface Versions {
    Optional<String> of(Path executable);
  }

  /** Another version is what somebody may want, and said; still it is told at each start. */
  private static void checkExecutable(String name, Path place, String what, Versions versions) {
    String version =
        Optional.of(place)
            .filter(Files::isExecutable)
            .flatMap(versions::of)
            .orElseThrow(() -> wrong(name, place + " is no executable of " + what));
    if (!Language.of(name).flatMap(it -> it.version(name)).equals(Optional.of(version))) {
      LOG.warn("Functions of {} run on {} {}, as configured", name, what, version);
    }
  }

  private static WrongConfiguration wrong(String name, String why) {
    return new WrongConfiguration("runtimes." + name + ": " + why);
  }
}
