package dev.gatehouse.server.config;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How logs are written.
 *
 * @param queue characters of events that wait to be written
 * @param fileSize at which a log's file becomes the older one
 * @param accessLogs where the lines of access logs go
 * @param slow whether traffic slows down when logs cannot keep up; else events are dropped
 */
public record LogSettings(long queue, long fileSize, Destination accessLogs, boolean slow) {
  static final LogSettings USUAL = new LogSettings(16L << 20, 64L << 20, Destination.FILES, false);

  private static final Map<String, Destination> DESTINATIONS =
      Map.of(
          "files", Destination.FILES,
          "stdout", Destination.STDOUT,
          "otlp", Destination.OTLP);

  /** Where lines of access logs go. */
  public enum Destination {
    /** To the log groups that stages name. */
    FILES,
    /** To standard output. */
    STDOUT,
    /** To the OTLP receiver. */
    OTLP
  }

  static LogSettings read(Section section) {
    return new LogSettings(
        section.get("queue", Kind.size(1L << 20), USUAL.queue),
        section.get("file-size", Kind.size(1L << 10), USUAL.fileSize),
        section.get("access", Kind.oneOf(DESTINATIONS), USUAL.accessLogs),
        section.get("overload", Kind.oneOf(Map.of("drop", false, "slow", true)), USUAL.slow));
  }

  Map<String, Object> text() {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("queue", Units.text(queue));
    text.put("file-size", Units.text(fileSize));
    DESTINATIONS.forEach((word, destination) -> {
      if (destination == accessLogs) {
        text.put("access", word);
      }
    });
    text.put("overload", slow ? "slow" : "drop");
    return text;
  }
}
