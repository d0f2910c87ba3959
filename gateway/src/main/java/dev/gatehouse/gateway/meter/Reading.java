package dev.gatehouse.gateway.meter;

import java.util.Arrays;

/** A meter's numbers at a moment. */
public final class Reading {
  private final long[] sums;

  Reading(long[] sums) {
    this.sums = sums;
  }

  /** A meter that has counted nothing. */
  public static Reading zero() {
    return new Reading(new long[Count.LENGTH]);
  }

  /** How often something happened; of latencies, the sum in nanoseconds. */
  public long of(Count what) {
    return sums[what.place()];
  }

  /** Requests that are over. */
  public long requests() {
    return Arrays.stream(latencies()).sum();
  }

  /** Requests by latency, each bucket without those below it. */
  public long[] latencies() {
    return Arrays.copyOfRange(sums, Count.LATENCIES, Count.LATENCIES + Latency.BUCKETS);
  }

  /** Calls of integrations by latency, each bucket without those below it. */
  public long[] integrationLatencies() {
    return Arrays.copyOfRange(sums, Count.INTEGRATION_LATENCIES, Count.LENGTH);
  }

  /** This one and another one together. */
  public Reading plus(Reading other) {
    long[] both = sums.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] += other.sums[i];
    }
    return new Reading(both);
  }
}
