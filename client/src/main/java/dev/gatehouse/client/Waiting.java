package dev.gatehouse.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for what AWS does in its own time. */
final class Waiting {
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final long FIRST_NANOS = Duration.ofMillis(50).toNanos();
  private static final long LONGEST_NANOS = Duration.ofSeconds(10).toNanos();

  private Waiting() {}

  /** Asks again and again, ever less often. */
  static void until(String what, BooleanSupplier done) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long pause = FIRST_NANOS;
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
        throw new StepFailed("wait for " + what, "it takes too long", null, List.of());
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(pause * 2, LONGEST_NANOS);
    }
  }
}
