package dev.gatehouse.logs;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A log group, without its streams.
 *
 * @param created milliseconds since the epoch
 * @param retentionInDays after which events are not shown any more; null keeps them
 */
public record LogGroup(
    String name, long created, @Nullable Integer retentionInDays, Map<String, String> tags) {

  /** A group that begins now. */
  public static LogGroup of(String name, long created) {
    return new LogGroup(name, created, null, Map.of());
  }
}
