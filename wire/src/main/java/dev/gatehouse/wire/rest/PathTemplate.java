package dev.gatehouse.wire.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path with parameters. {@code {name}} takes one raw segment; {@code {name+}}, only as the last
 * part, takes the rest with its slashes, since some clients send tag ARNs unescaped
 * (control-plane.md section 1 [C/L]).
 */
public record PathTemplate(String text, List<String> parts) {

  /** A template from its text. */
  public static PathTemplate of(String text) {
    return new PathTemplate(text, split(text));
  }

  /** The segments of a raw path. */
  static List<String> split(String rawPath) {
    return List.of(rawPath.substring(1).split("/", -1));
  }

  /** The names of the parameters, in order. */
  public List<String> parameters() {
    return parts.stream().filter(PathTemplate::isParameter).map(PathTemplate::nameOf).toList();
  }

  /** The decoded parameters of a raw path, which begins with a slash; empty for another path. */
  public Optional<Map<String, String>> match(String rawPath) {
    return match(split(rawPath));
  }

  /** The decoded parameters of a raw path's segments; empty where the path is another one. */
  Optional<Map<String, String>> match(List<String> segments) {
    if (!isGreedy(parts.getLast())) {
      return segments.size() == parts.size() ? bind(segments) : Optional.empty();
    }
    if (segments.size() < parts.size()) {
      return Optional.empty();
    }
    int fixed = parts.size() - 1;
    List<String> folded = new ArrayList<>(segments.subList(0, fixed));
    folded.add(String.join("/", segments.subList(fixed, segments.size())));
    return bind(folded);
  }

  private Optional<Map<String, String>> bind(List<String> segments) {
    Map<String, String> found = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      String segment = segments.get(i);
      if (!isParameter(part)) {
        if (!part.equals(segment)) {
          return Optional.empty();
        }
      } else if (segment.isEmpty()) {
        return Optional.empty();
      } else {
        found.put(nameOf(part), segment);
      }
    }
    found.replaceAll((name, raw) -> Percent.decode(raw, false));
    return Optional.of(found);
  }

  private static boolean isParameter(String part) {
    return part.startsWith("{");
  }

  private static boolean isGreedy(String part) {
    return part.endsWith("+}");
  }

  private static String nameOf(String part) {
    return part.substring(1, part.length() - (isGreedy(part) ? 2 : 1));
  }
}
