package dev.gatehouse.lambda;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for a condition, with a deadline that is never reached when all is well. */
final class Eventually {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private Eventually() {}

  static void holds(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Not within " + LIMIT + ": " + what);
      }
      Thread.sleep(10);
    }
  }

  /** What may throw. */
  interface Check {
    void run() throws Exception;
  }

  /** Checks until all is well; what was not at the end is what fails. */
  static void passes(Check check) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      try {
        check.run();
        return;
      } catch (AssertionError failed) {
        if (System.nanoTime() > end) {
          throw failed;
        }
      }
      Thread.sleep(10);
    }
  }

  static void gone(long process) throws Exception {
    holds(
        "process " + process + " is gone",
        () -> !ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false));
  }
}
