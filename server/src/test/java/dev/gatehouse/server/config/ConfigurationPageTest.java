package dev.gatehouse.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The page that documents the keys says neither more nor less than the code. */
class ConfigurationPageTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| ([^|]*) \\|");
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");

  @TempDir Path directory;
  private final Map<String, String> documented = new TreeMap<>();
  private final Set<String> accepted = new TreeSet<>();
  private Path example;

  @BeforeEach
  void readPageAndItsExample() throws IOException {
    String page = Files.readString(Path.of("../docs/configuration.md"));
    Matcher row = ROW.matcher(page);
    while (row.find()) {
      documented.put(row.group(1), row.group(2));
    }
    Matcher yaml = EXAMPLE.matcher(page);
    assertThat(yaml.find()).isTrue();
    example = Files.writeString(directory.resolve("example.yaml"), yaml.group(1));
    SettingsFile.read(example, accepted);
  }

  @Test
  void everyAcceptedKeyIsDocumentedAndEveryDocumentedKeyIsAccepted() {
    assertThat(documented.keySet()).isEqualTo(accepted);
  }

  @Test
  void theExampleHasEveryKey() throws IOException {
    JsonNode tree = new YAMLMapper().readTree(Files.readString(example));
    for (String key : accepted) {
      assertThat(at(tree, key).isMissingNode()).as(key).isFalse();
    }
  }

  /** The value of a key, where a star stands for whatever the user calls it. */
  private static JsonNode at(JsonNode tree, String key) {
    JsonNode node = tree;
    for (String name : key.replace("[]", ".0").split("\\.")) {
      String step = name.equals("*") ? node.propertyNames().iterator().next() : name;
      node = node.isArray() ? node.path(Integer.parseInt(step)) : node.path(step);
    }
    return node;
  }

  @Test
  void documentedQuotasAreTheDefaults() {
    Quotas.values(Settings.defaults().quotas())
        .forEach((key, value) ->
            assertThat(documented.get("quotas." + key)).as(key).isEqualTo("`" + value + "`"));
  }

  @Test
  void theOtherDefaultsAreTheDocumentedOnes() throws IOException {
    List<String> lines =
        documented.entrySet().stream()
            .filter(row ->
                row.getValue().matches("`[^`]+`") && !row.getKey().matches("(keys|targets).*"))
            .map(row -> nested(row.getKey(), row.getValue().replace("`", "")))
            .toList();
    assertThat(lines).hasSizeGreaterThan(8);
    for (String line : lines) {
      Path file = Files.writeString(directory.resolve("default.yaml"), line);
      assertThat(Settings.read(file)).as(line).isEqualTo(Settings.defaults());
    }
  }

  private static String nested(String key, String value) {
    int dot = key.indexOf('.');
    return dot < 0
        ? key + ": " + value
        : key.substring(0, dot) + ": {" + key.substring(dot + 1) + ": " + value + "}";
  }
}
