package dev.gatehouse.gateway.balance;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How one upstream is: what the health check says, what requests met there, and how many are there
 * now. Shared by all event loops; each of its numbers is changed by itself, with one atomic
 * operation.
 */
final class Condition {
  private static final long NEVER = 0;
  private static final int MOST_TIMES = 30;
  private static final double LEAST_SHARE = 0.1;

  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger ejections = new AtomicInteger();
  private final AtomicLong ejectedUntil = new AtomicLong(NEVER);
  private final AtomicLong backSince = new AtomicLong(NEVER);
  private volatile boolean healthy = true;

  int underWay() {
    return underWay.get();
  }

  void begin() {
    underWay.incrementAndGet();
  }

  void end() {
    underWay.decrementAndGet();
  }

  boolean healthy() {
    return healthy;
  }

  /** What the health check says now. */
  void healthy(boolean now, long nanos) {
    if (now && !healthy) {
      failures.set(0);
      comeBack(nanos);
    }
    healthy = now;
  }

  /**
   * Whether it is left alone because of what requests met. When that is over, the next failure
   * makes it begin anew, and for longer; the next answer makes all forgotten.
   */
  boolean ejected(long nanos) {
    long until = ejectedUntil.get();
    if (until == NEVER || until - nanos > 0) {
      return until != NEVER;
    }
    if (ejectedUntil.compareAndSet(until, NEVER)) {
      comeBack(nanos);
    }
    return false;
  }

  /**
   * Whether it is marked as left alone, whatever the time: no clock is asked for those that are
   * not.
   */
  boolean marked() {
    return ejectedUntil.get() != NEVER;
  }

  private void comeBack(long nanos) {
    backSince.set(nanos == NEVER ? 1 : nanos);
  }

  /** Whether it has just come back. */
  boolean starting() {
    return backSince.get() != NEVER;
  }

  /**
   * The share that it gets while it has just come back, from a tenth to all.
   *
   * @param window how long that takes
   */
  double share(long nanos, long window) {
    long since = backSince.get();
    if (since == NEVER) {
      return 1;
    }
    if (nanos - since >= window) {
      backSince.compareAndSet(since, NEVER);
      return 1;
    }
    return Math.max(LEAST_SHARE, (double) (nanos - since) / window);
  }

  /** A request was answered. */
  void answered() {
    if (failures.get() != 0) {
      failures.set(0);
      ejections.set(0);
    }
  }

  /** A request was not answered; how many in a row. */
  int failed() {
    return failures.incrementAndGet();
  }

  /** Leaves it alone for a while; false where it is already. */
  boolean eject(long nanos, long time) {
    int times = Math.min(ejections.incrementAndGet(), MOST_TIMES);
    long until = nanos + time * times;
    return ejectedUntil.compareAndSet(NEVER, until == NEVER ? 1 : until);
  }
}
