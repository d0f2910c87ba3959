package dev.gatehouse.gateway.net;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as events and logs write them: {@code dd/MMM/yyyy:HH:mm:ss +0000} [C]. */
public final class RequestTime {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss +0000", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private RequestTime() {}

  /** The text of a time in milliseconds since the epoch. */
  public static String text(long millis) {
    return FORMAT.format(Instant.ofEpochMilli(millis));
  }
}
