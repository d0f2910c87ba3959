package dev.gatehouse.logs.cloudwatch;

import dev.gatehouse.logs.LogGroup;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The span of time that a call asks for, without what its group keeps no more.
 *
 * @param from the first millisecond
 * @param to the first one that is out of it
 */
record Kept(long from, long to) {

  /**
   * @param inclusive whether the call's end belongs to it
   */
  static Kept of(LogsCall call, LogGroup group, InstantSource clock, boolean inclusive) {
    Integer days = group.retentionInDays();
    long oldest = days == null ? Long.MIN_VALUE : clock.millis() - Duration.ofDays(days).toMillis();
    long end = call.number("endTime", Long.MAX_VALUE);
    return new Kept(
        Math.max(oldest, call.number("startTime", Long.MIN_VALUE)),
        inclusive && end < Long.MAX_VALUE ? end + 1 : end);
  }

  boolean holds(long millis) {
    return millis >= from && millis < to;
  }
}
