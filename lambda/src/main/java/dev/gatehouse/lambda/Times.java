package dev.gatehouse.lambda;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Points in time as Lambda writes them. */
final class Times {
  private static final DateTimeFormatter MODIFIED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'+0000'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Times() {}

  /** {@code 2026-11-22T05:00:00.000+0000}. */
  static String modified(Instant instant) {
    return MODIFIED.format(instant);
  }
}
