package dev.gatehouse.gateway.meter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Counts of one stage or route. Each event loop has numbers of its own and is the only one to write
 * them, so that a count is a plain addition: no lock, no allocation, no compare-and-set. Whoever
 * reads adds them up.
 */
public final class Meter {
  private static final VarHandle NUMBER = MethodHandles.arrayElementVarHandle(long[].class);

  /** Keeps the numbers of two loops out of one cache line. */
  private static final int PADDING = 8;

  private volatile long[][] loops = {};

  private long[] numbers(int loop) {
    long[][] all = loops;
    return loop < all.length ? all[loop] : grow(loop);
  }

  /** Once a loop, and meter. */
  private synchronized long[] grow(int loop) {
    int before = loops.length;
    if (loop >= before) {
      long[][] more = Arrays.copyOf(loops, loop + 1);
      for (int i = before; i <= loop; i++) {
        more[i] = new long[Count.LENGTH + PADDING];
      }
      loops = more;
    }
    return loops[loop];
  }

  private static void add(long[] numbers, int at, long more) {
    NUMBER.setOpaque(numbers, at, numbers[at] + more);
  }

  /**
   * A request is over.
   *
   * @param loop the event loop that this is called on
   * @param status of the answer; 0 where the client was gone first
   */
  public void answered(int loop, int status, boolean throttled, Spent spent) {
    long[] numbers = numbers(loop);
    if (status >= 500) {
      add(numbers, Count.SERVER_ERRORS.place(), 1);
    } else if (status >= 400) {
      add(numbers, Count.CLIENT_ERRORS.place(), 1);
    } else if (status == 0) {
      add(numbers, Count.GONE.place(), 1);
    }
    if (throttled) {
      add(numbers, Count.THROTTLED.place(), 1);
    }
    add(numbers, Count.BYTES.place(), spent.bytes());
    add(numbers, Count.LATENCY.place(), spent.nanos());
    add(numbers, Count.LATENCIES + Latency.bucket(spent.nanos()), 1);
    if (spent.integrationNanos() >= 0) {
      add(numbers, Count.INTEGRATION_LATENCY.place(), spent.integrationNanos());
      add(numbers, Count.INTEGRATION_LATENCIES + Latency.bucket(spent.integrationNanos()), 1);
    }
  }

  /** Something else happened. */
  public void count(int loop, Count what) {
    add(numbers(loop), what.place(), 1);
  }

  /** What a request took. */
  public interface Spent {

    /** From its head to the end of its answer. */
    long nanos();

    /**
     * From the call of its integration to that one's answer; below zero where there was no call.
     */
    long integrationNanos();

    /** Of its body and of its answer's. */
    long bytes();
  }

  /** The sums over all event loops. */
  public Reading read() {
    long[] sums = new long[Count.LENGTH];
    for (long[] numbers : loops) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += (long) NUMBER.getOpaque(numbers, i);
      }
    }
    return new Reading(sums);
  }
}
