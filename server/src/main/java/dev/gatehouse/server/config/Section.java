package dev.gatehouse.server.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.StringNode;

/**
 * One mapping of the file. Every key that is asked for is noted, so that what is left over can be
 * refused, and no second list says what can be configured.
 */
final class Section {
  private final String file;
  private final String path;
  private final JsonNode node;
  private final Set<String> asked;
  private final Set<String> known = new TreeSet<>();

  /**
   * @param path of this mapping with the dot after it; empty for the whole file
   * @param node missing or null where the file says nothing
   * @param asked takes the path of every key that is asked for
   */
  Section(String file, String path, JsonNode node, Set<String> asked) {
    this.file = file;
    this.path = path;
    this.node = node;
    this.asked = asked;
  }

  <T> T get(String key, Kind<T> kind, T otherwise) {
    return get(key, kind).orElse(otherwise);
  }

  <T> Optional<T> get(String key, Kind<T> kind) {
    note(key);
    return node.has(key) ? Optional.of(read(key, node.get(key), kind)) : Optional.empty();
  }

  /** A value without which the mapping makes no sense. */
  <T> T need(String key, Kind<T> kind) {
    return get(key, kind).orElseThrow(() -> wrong(key, kind.expected() + ", and it is missing"));
  }

  /** A mapping below this one. */
  <T> T section(String key, Function<Section, T> reading) {
    known.add(key);
    return new Section(file, path + key + ".", node.path(key), asked).whole(reading);
  }

  /** A list of values. */
  <T> List<T> list(String key, Kind<T> kind) {
    note(key);
    List<T> list = new ArrayList<>();
    for (JsonNode item : items(key)) {
      list.add(read(place(key, list.size()), item, kind));
    }
    return list;
  }

  /** A list of mappings. */
  <T> List<T> sections(String key, Function<Section, T> reading) {
    known.add(key);
    List<T> list = new ArrayList<>();
    for (JsonNode item : items(key)) {
      String below = path + place(key, list.size()) + ".";
      list.add(new Section(file, below, item, asked).whole(reading));
    }
    return list;
  }

  /** A mapping whose keys are the user's own. */
  <T> Map<String, T> map(String key, Kind<String> names, Kind<T> values) {
    note(key);
    Map<String, T> map = new LinkedHashMap<>();
    JsonNode below = node.path(key);
    if (!isNothing(below) && !below.isObject()) {
      throw wrong(key, "keys with values");
    }
    below.forEachEntry((name, value) -> {
      String place = key + "." + name;
      if (names.reading().apply(StringNode.valueOf(name)).isEmpty()) {
        throw wrong(place, "the key to be " + names.expected());
      }
      map.put(name, read(place, value, values));
    });
    return map;
  }

  /** A mapping whose keys are the user's own, and whose values are mappings. */
  <T> Map<String, T> sections(String key, Kind<String> names, Function<Section, T> reading) {
    known.add(key);
    Map<String, T> map = new LinkedHashMap<>();
    JsonNode below = node.path(key);
    if (!isNothing(below) && !below.isObject()) {
      throw wrong(key, "keys with values");
    }
    below.forEachEntry((name, value) -> {
      if (names.reading().apply(StringNode.valueOf(name)).isEmpty()) {
        throw wrong(key + "." + name, "the key to be " + names.expected());
      }
      String place = path + key + "[\"" + name + "\"].";
      map.put(name, new Section(file, place, value, asked).whole(reading));
    });
    return map;
  }

  /** Reads this mapping and refuses what was not asked for. */
  <T> T whole(Function<Section, T> reading) {
    if (!isNothing(node) && !node.isObject()) {
      throw new WrongConfiguration(file + ": " + name() + ": expected keys with values");
    }
    T result = reading.apply(this);
    node.propertyNames().stream()
        .filter(key -> !known.contains(key))
        .findFirst()
        .ifPresent(key -> {
          throw new WrongConfiguration(
              file + ": " + path + key + " is not known; " + Names.instead(path + key, known));
        });
    return result;
  }

  /**
   * The refusal of a value.
   *
   * @param expected completes "expected …"
   */
  WrongConfiguration wrong(String key, String expected) {
    return new WrongConfiguration(file + ": " + path + key + ": expected " + expected);
  }

  private <T> T read(String place, JsonNode value, Kind<T> kind) {
    return kind.reading().apply(value).orElseThrow(() -> wrong(place, kind.expected()));
  }

  private Iterable<JsonNode> items(String key) {
    JsonNode list = node.path(key);
    if (!isNothing(list) && !list.isArray()) {
      throw wrong(key, "a list");
    }
    return isNothing(list) ? MissingNode.getInstance() : list;
  }

  private void note(String key) {
    known.add(key);
    asked.add((path + key).replaceAll("\\[[0-9]+]", "[]").replaceAll("\\[\"[^\"]*\"]", ".*"));
  }

  private String name() {
    return path.isEmpty() ? "the file" : path.substring(0, path.length() - 1);
  }

  private static String place(String key, int index) {
    return key + "[" + index + "]";
  }

  /** A key without a value is what remains when all below it is commented out. */
  private static boolean isNothing(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }
}
