package dev.gatehouse.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How {@code bin/gatehouse} started this process.
 *
 * @param home the distribution
 * @param started when the command was given, the launcher's own time included
 */
record Launch(Path home, Instant started) {

  /** The launch of this process: {@code gatehouse.home}, {@code gatehouse.started}. */
  static Launch current() {
    String home = System.getProperty("gatehouse.home");
    if (home == null) {
      throw new IllegalStateException("start it with bin/gatehouse of a distribution");
    }
    return new Launch(Path.of(home), started(System.getProperty("gatehouse.started", "")));
  }

  /** Seconds and six decimals, after a point or, in some languages, a comma. */
  private static Instant started(String epoch) {
    String micros = epoch.replaceAll("[.,]", "");
    return micros.matches("\\d{16}")
        ? Instant.EPOCH.plus(Duration.ofNanos(Math.multiplyExact(Long.parseLong(micros), 1000L)))
        : Instant.now();
  }

  /** Since the start, for people. */
  String elapsed() {
    Duration elapsed = Duration.between(started, Instant.now());
    return String.format(Locale.ROOT, "%.2f s", elapsed.toMillis() / 1000.0);
  }
}
