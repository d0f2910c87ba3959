package dev.gatehouse.cli.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

/** Prints each step of the demo as it goes: what, what came of it, how long it took. */
final class Steps {

  private final PrintStream out;
  private final LongSupplier nanos;
  private final long start;
  private int done;

  Steps(PrintStream out, LongSupplier nanos) {
    this.out = out;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  /** What a step hands on, with a few words about it for the terminal. */
  record Outcome<T>(T value, String words) {}

  /**
   * Runs one step and prints it.
   *
   * @throws DemoFailure naming the step, whatever the step failed with
   */
  <T> T run(String what, Callable<Outcome<T>> step) {
    out.printf(Locale.ROOT, "  %-18s", what);
    out.flush();
    long begun = nanos.getAsLong();
    try {
      Outcome<T> outcome = step.call();
      out.printf(Locale.ROOT, "%-62s %6d ms%n", outcome.words(), millisSince(begun));
      done++;
      return outcome.value();
    } catch (DemoFailure e) {
      out.println("failed");
      throw e;
    } catch (Exception e) {
      out.println("failed");
      throw new DemoFailure(what + ": " + e, e);
    }
  }

  /** Says that all of them have succeeded. */
  void report() {
    double seconds = millisSince(start) / 1000.0;
    out.printf(Locale.ROOT, "%n%d steps, every check held, %.1f s.%n%n", done, seconds);
  }

  private long millisSince(long begun) {
    return Duration.ofNanos(nanos.getAsLong() - begun).toMillis();
  }
}
