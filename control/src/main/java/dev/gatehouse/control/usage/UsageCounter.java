package dev.gatehouse.control.usage;

import dev.gatehouse.model.UsagePlan.Quota;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How often one key of a usage plan was used, by day (UTC), for the last {@value #DAYS} days. Exact
 * under concurrency, without a lock and without an allocation.
 *
 * <p>A day's number is one word: the day in its upper 24 bits, the count in its lower 40, so that
 * whoever comes first on a new day begins it.
 */
public final class UsageCounter {
  static final int SLOT_BYTES = 1_024;
  private static final int DAYS = 96;
  private static final int NAME_BYTES = 64;
  private static final long EXTRA_SINCE = NAME_BYTES;
  private static final long EXTRA = NAME_BYTES + 8;
  private static final long RING = 128;
  private static final int COUNT_BITS = 40;
  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
  private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();

  private final MemorySegment slot;

  UsageCounter(MemorySegment slot) {
    this.slot = slot;
  }

  /** The name of a slot; empty where it is free. */
  static String name(MemorySegment slot) {
    return slot.getString(0, StandardCharsets.US_ASCII);
  }

  static UsageCounter begin(MemorySegment slot, String name) {
    if (name.length() >= NAME_BYTES) {
      throw new IllegalArgumentException(name);
    }
    slot.fill((byte) 0);
    slot.setString(0, name, StandardCharsets.US_ASCII);
    return new UsageCounter(slot);
  }

  MemorySegment clear() {
    slot.fill((byte) 0);
    return slot;
  }

  private long word(long offset) {
    return (long) WORD.getVolatile(slot, offset);
  }

  private static long place(long day) {
    return RING + Math.floorMod(day, DAYS) * 8L;
  }

  /** Requests of a day, counted from 1970. */
  public long used(long day) {
    long word = word(place(day));
    return word >>> COUNT_BITS == day ? word & COUNT_MASK : 0;
  }

  /** Requests from one day up to and including another one. */
  public long used(long from, long to) {
    long sum = 0;
    for (long day = from; day <= to; day++) {
      sum += used(day);
    }
    return sum;
  }

  /** How many requests are left on a day; negative where a quota has shrunk below what was used. */
  public long left(Quota quota, long day) {
    long start = QuotaPeriod.start(quota, day);
    return quota.limit() + extra(start) - used(start, day);
  }

  private long extra(long start) {
    return word(EXTRA_SINCE) == start ? word(EXTRA) : 0;
  }

  /** Grants so many more requests in the period of a day that this many are left. */
  public void setLeft(Quota quota, long day, long left) {
    long start = QuotaPeriod.start(quota, day);
    long extra = left - (quota.limit() - used(start, day));
    WORD.setVolatile(slot, EXTRA_SINCE, 0L);
    WORD.setVolatile(slot, EXTRA, extra);
    WORD.setVolatile(slot, EXTRA_SINCE, start);
  }

  /**
   * Counts a request, if the quota has one left.
   *
   * @param quota null where there is none
   * @param day counted from 1970
   */
  public boolean take(@Nullable Quota quota, long day) {
    long earlier = 0;
    long limit = Long.MAX_VALUE;
    if (quota != null) {
      long start = QuotaPeriod.start(quota, day);
      earlier = used(start, day - 1);
      limit = quota.limit() + extra(start);
    }
    while (true) {
      long word = word(place(day));
      long today = word >>> COUNT_BITS == day ? word & COUNT_MASK : 0;
      if (earlier + today >= limit) {
        return false;
      }
      long next = (day << COUNT_BITS) | (today + 1);
      if (WORD.compareAndSet(slot, place(day), word, next)) {
        return true;
      }
    }
  }
}
