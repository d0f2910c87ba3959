package dev.gatehouse.control;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A file of API keys as {@code ImportApiKeys} takes it [C]: comma-separated, a first line with the
 * names of the columns in any order and case, of which {@code Name} and {@code Key} must be there;
 * a value with commas stands in single or double quotation marks.
 */
record KeyFile(List<Map<String, String>> lines) {

  /** Reads a file; refuses one without the columns that must be there. */
  static KeyFile read(String text) {
    List<String> all = text.lines().filter(line -> !line.isBlank()).toList();
    List<String> columns =
        all.isEmpty()
            ? List.of()
            : values(all.getFirst()).stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    if (!columns.contains("name") || !columns.contains("key")) {
      throw Refusals.badRequest("The file must have the columns Name and Key");
    }
    List<Map<String, String>> lines = new ArrayList<>();
    for (String line : all.subList(1, all.size())) {
      List<String> values = values(line);
      Map<String, String> named = new HashMap<>();
      for (int i = 0; i < Math.min(columns.size(), values.size()); i++) {
        named.put(columns.get(i), values.get(i));
      }
      lines.add(Map.copyOf(named));
    }
    return new KeyFile(List.copyOf(lines));
  }

  private static List<String> values(String line) {
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote == 0 && c == ',') {
        values.add(value.toString().strip());
        value.setLength(0);
      } else if (quote == 0 && (c == '"' || c == '\'') && value.toString().isBlank()) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      } else {
        value.append(c);
      }
    }
    values.add(value.toString().strip());
    return values;
  }
}
