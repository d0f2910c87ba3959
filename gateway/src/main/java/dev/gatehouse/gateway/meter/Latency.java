package dev.gatehouse.gateway.meter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The buckets that latencies are counted in. */
public final class Latency {
  private static final long[] MILLIS = {
    1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000
  };
  private static final long[] NANOS = nanos();
  static final int BUCKETS = MILLIS.length + 1;

  private Latency() {}

  private static long[] nanos() {
    long[] nanos = new long[MILLIS.length];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = TimeUnit.MILLISECONDS.toNanos(MILLIS[i]);
    }
    return nanos;
  }

  static int bucket(long nanos) {
    int bucket = 0;
    while (bucket < NANOS.length && nanos > NANOS[bucket]) {
      bucket++;
    }
    return bucket;
  }

  /** The upper bounds of the buckets in seconds; the last has none. */
  public static List<Double> bounds() {
    List<Double> bounds = new ArrayList<>();
    for (long millis : MILLIS) {
      bounds.add(millis / 1_000.0);
    }
    bounds.add(Double.POSITIVE_INFINITY);
    return bounds;
  }
}
