package dev.gatehouse.conformance.rig;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The list of all vectors of the specification. */
final class Vectors {

  /**
   * One line of the list.
   *
   * @param issue the number of the issue that makes it hold, or {@code -}
   */
  record Entry(String document, String id, String certainty, String issue, String title) {}

  private Vectors() {}

  static List<Entry> all() {
    List<Entry> all = new ArrayList<>();
    String document = "";
    for (String line : text().lines().toList()) {
      if (line.startsWith("[")) {
        document = line.substring(1, line.length() - 1);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.split(" \\| ", 4);
        all.add(new Entry(document, parts[0], parts[1], parts[2], parts[3]));
      }
    }
    return all;
  }

  private static String text() {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
