package dev.gatehouse.server;

import dev.gatehouse.server.config.Flags;
import dev.gatehouse.server.config.Settings;
import dev.gatehouse.server.config.WrongConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a server runs.
 *
 * @param settings with all runtimes there are
 * @param data where everything is kept
 * @param ephemeral whether the data directory is deleted when the server stops
 * @param distribution the unpacked distribution: runtimes of functions and the object store's
 *     process are started from its {@code lib}
 */
public record Configuration(Settings settings, Path data, boolean ephemeral, Path distribution) {
  private static final String FILE = "gatehouse.yaml";

  /**
   * Brings together the flags, the file, and what holds without them.
   *
   * @param usualData the data directory where nobody names one
   * @throws WrongConfiguration where the file does not say what it must
   */
  public static Configuration resolve(Flags flags, Path usualData, Path distribution)
      throws IOException {
    Settings settings = settings(flags, usualData);
    if (flags.port() != null) {
      settings = settings.withPort(flags.port());
    }
    settings = settings.withRuntimes(RuntimePlaces.all(settings.runtimes()));
    return new Configuration(
        settings, data(flags, settings, usualData), flags.ephemeral(), distribution);
  }

  private static Settings settings(Flags flags, Path usualData) {
    if (flags.config() != null) {
      return Settings.read(flags.config());
    }
    Path file = (flags.data() == null ? usualData : flags.data()).resolve(FILE);
    if (flags.ephemeral() || !Files.exists(file)) {
      return Settings.defaults();
    }
    Settings settings = Settings.read(file);
    if (settings.data() != null) {
      throw new WrongConfiguration(
          file + ": data cannot be another directory than the one that this file was found in");
    }
    return settings;
  }

  private static Path data(Flags flags, Settings settings, Path usualData) throws IOException {
    if (flags.ephemeral()) {
      return Files.createTempDirectory("gatehouse-");
    }
    if (flags.data() != null) {
      return flags.data();
    }
    return settings.data() == null ? usualData : settings.data();
  }
}
