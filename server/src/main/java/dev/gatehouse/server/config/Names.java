package dev.gatehouse.server.config;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Finds what somebody may have meant who wrote a key that is not known. */
final class Names {
  /**
   * From the name that a key once had, or has on the command line, to the path it has now. A key
   * that is renamed gets a line here and keeps it.
   */
  private static final Map<String, String> MOVED =
      Map.of("port", "listen.port", "address", "listen.address");

  private Names() {}

  /**
   * What to write instead.
   *
   * @param path of the key that is not known
   * @param known the keys of its section
   */
  static String instead(String path, Set<String> known) {
    String moved = MOVED.get(path);
    if (moved != null) {
      return "write " + moved;
    }
    String key = bare(path.substring(path.lastIndexOf('.') + 1));
    return known.stream()
        .filter(other -> bare(other).equals(key))
        .findFirst()
        .map(other -> "write " + path.substring(0, path.lastIndexOf('.') + 1) + other)
        .orElse("known here are " + String.join(", ", known));
  }

  private static String bare(String key) {
    return key.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
  }
}
