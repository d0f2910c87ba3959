package dev.gatehouse.server.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whole numbers with a unit, such as {@code 10s} and {@code 128KiB}. A number without one says
 * nothing.
 */
final class Units {
  private static final Map<String, Long> MILLIS =
      ascending("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);
  private static final Map<String, Long> BYTES =
      ascending("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([A-Za-z]+)");

  private Units() {}

  static Optional<Duration> duration(String text) {
    return read(text, MILLIS).map(Duration::ofMillis);
  }

  static Optional<Long> size(String text) {
    return read(text, BYTES);
  }

  /** In the largest unit that is exact. */
  static String text(Duration duration) {
    return write(duration.toMillis(), MILLIS);
  }

  /** In the largest unit that is exact. */
  static String text(long bytes) {
    return write(bytes, BYTES);
  }

  private static Optional<Long> read(String text, Map<String, Long> units) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    return Optional.ofNullable(units.get(form.group(2)))
        .map(unit -> Long.parseLong(form.group(1)) * unit);
  }

  private static String write(long amount, Map<String, Long> units) {
    String text = "";
    for (Map.Entry<String, Long> unit : units.entrySet()) {
      if (text.isEmpty() || (amount > 0 && amount % unit.getValue() == 0)) {
        text = amount / unit.getValue() + unit.getKey();
      }
    }
    return text;
  }

  private static Map<String, Long> ascending(Object... pairs) {
    Map<String, Long> units = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      units.put((String) pairs[i], (Long) pairs[i + 1]);
    }
    return units;
  }
}
