package dev.gatehouse.gateway.throttle;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket as one number: the time at which it will be full again (the generic cell rate
 * algorithm, ITU-T I.371). Taking a token moves that time on by one interval, and is refused where
 * it would then be further away than a whole burst takes to come back. Exact under concurrency,
 * without a lock and without an allocation.
 *
 * <p>Time is counted from the bucket's beginning in units of a power of two of a nanosecond: a
 * sixteenth where there is room, so that intervals of fast rates lose nothing worth counting, and
 * coarser where a burst would take longer to come back than a number can hold.
 */
public final class TokenBucket {
  private static final double NANOS = 1e9;
  private static final double SLOWEST = 1e-9;
  private static final double SPAN = 0x1p60;
  private static final int FINEST = 4;

  private final Limit limit;
  private final long origin;
  private final int shift;
  private final long interval;
  private final long tolerance;
  private final AtomicLong fullAt = new AtomicLong();

  /**
   * A full bucket.
   *
   * @param now nanoseconds of any origin
   */
  public TokenBucket(Limit limit, long now) {
    this.limit = limit;
    this.origin = now;
    double nanos = NANOS / Math.max(limit.rate(), SLOWEST);
    int fits = FINEST;
    while (Math.scalb(nanos * limit.burst(), fits) > SPAN) {
      fits--;
    }
    this.shift = fits;
    this.interval = (long) Math.scalb(nanos, fits);
    this.tolerance = interval * limit.burst();
  }

  /** What it lets through. */
  public Limit limit() {
    return limit;
  }

  /** Takes a token; false where there is none. */
  public boolean take(long now) {
    if (limit.closed()) {
      return false;
    }
    long time = units(now - origin);
    while (true) {
      long full = fullAt.get();
      long next = Math.max(full, time) + interval;
      if (next - time > tolerance) {
        return false;
      }
      if (fullAt.compareAndSet(full, next)) {
        return true;
      }
    }
  }

  private long units(long nanos) {
    return shift >= 0 ? nanos << shift : nanos >> -shift;
  }
}
