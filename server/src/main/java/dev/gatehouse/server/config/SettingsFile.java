package dev.gatehouse.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/** The YAML of a configuration file. */
final class SettingsFile {
  private static final long LONGEST = 1 << 20;

  private SettingsFile() {}

  /**
   * Reads a file.
   *
   * @param asked takes the path of every key that there can be
   * @throws WrongConfiguration where it cannot be read, or does not say what it must
   */
  static Settings read(Path file, Set<String> asked) {
    String text = text(file);
    JsonNode root = tree(file, text);
    Path directory = file.toAbsolutePath().resolveSibling("");
    return new Section(file.toString(), "", root, asked).whole(new SettingsReader(directory)::read);
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > LONGEST) {
        throw new WrongConfiguration(file + " is longer than " + Units.text(LONGEST));
      }
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new WrongConfiguration(file + " cannot be read as a text file");
    }
  }

  /** Says where YAML is broken, but not the line itself: it may hold a secret. */
  private static JsonNode tree(Path file, String text) {
    YAMLMapper mapper =
        YAMLMapper.builder(
                YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .build();
    try {
      refuseAliases(file, mapper, text);
      return mapper.readTree(text);
    } catch (JacksonException broken) {
      TokenStreamLocation location = broken.getLocation();
      String line = location == null ? "" : ", line " + location.getLineNr();
      throw new WrongConfiguration(
          file + line + ": this is not YAML, or a key is there a second time");
    }
  }

  /** The parser takes {@code *name} for the text {@code name}, which nobody means. */
  private static void refuseAliases(Path file, YAMLMapper mapper, String text) {
    try (YAMLParser parser = (YAMLParser) mapper.createParser(text)) {
      while (parser.nextToken() != null) {
        if (parser.isCurrentAlias()) {
          throw new WrongConfiguration(
              file
                  + ", line "
                  + parser.currentTokenLocation().getLineNr()
                  + ": aliases (*) are not taken; write the value itself");
        }
      }
    }
  }
}
