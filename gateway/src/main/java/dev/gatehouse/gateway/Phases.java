package dev.gatehouse.gateway;

import dev.gatehouse.gateway.report.RequestReport.Phase;
import java.util.ArrayList;
import java.util.List;

/** A request's time, cut at the moments that were noted. */
final class Phases {
  private static final double NANOS = 1_000_000;
  private static final double THOUSANDTHS = 1_000;

  private final List<Phase> phases = new ArrayList<>();
  private final long end;
  private long from;

  /**
   * @param end of the request, in nanoseconds after its head
   */
  Phases(long end) {
    this.end = end;
  }

  /** Adds a phase that ended then; none where that moment was never reached or is past. */
  Phases until(String name, long moment) {
    if (moment >= from) {
      phases.add(new Phase(name, millis(from), millis(moment - from)));
      from = moment;
    }
    return this;
  }

  /** Adds what is left. */
  List<Phase> last(String name) {
    until(name, end);
    return List.copyOf(phases);
  }

  /** Nanoseconds as milliseconds, to the microsecond. */
  static double millis(long nanos) {
    return Math.round(nanos / NANOS * THOUSANDTHS) / THOUSANDTHS;
  }
}
