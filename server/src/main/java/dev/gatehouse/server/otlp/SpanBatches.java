package dev.gatehouse.server.otlp;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The batches there are, of which there are never more than {@link #MOST}: what finds no room in
 * them is lost, and counted. Each event loop fills one of its own, which it takes and puts back by
 * one exchange each, so that whoever sends can take it at any time.
 *
 * <p>Data plane and sender: no locks, and nothing allocated for a span.
 */
final class SpanBatches {
  /** 8 MB, and one for each event loop to fill. */
  static final int MOST = 32 + Runtime.getRuntime().availableProcessors();

  /** So many are sent at once, since a request costs its sender more than what is in it. */
  static final int TOGETHER = 4;

  private static final int PLACES = 64;

  /** Keeps the places of two loops out of one cache line. */
  private static final int APART = 16;

  private final AtomicReferenceArray<@Nullable SpanBatch> filling =
      new AtomicReferenceArray<>(PLACES * APART);
  private final Queue<SpanBatch> full = new ConcurrentLinkedQueue<>();
  private final Queue<SpanBatch> free = new ConcurrentLinkedQueue<>();
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final LongAdder lost = new LongAdder();
  private final Runnable wake;

  /**
   * @param wake called when as many batches are full as are sent at once: returns at once
   */
  SpanBatches(Runnable wake) {
    this.wake = wake;
  }

  private static int place(int loop) {
    return loop % PLACES * APART;
  }

  /** A batch with that much room, the caller's own until it is put back; null if there is none. */
  @Nullable SpanBatch take(int loop, int room) {
    SpanBatch batch = filling.getAndSet(place(loop), null);
    if (batch != null && batch.room() < room) {
      full(batch);
      batch = null;
    }
    if (batch == null) {
      batch = room > SpanBatch.BYTES ? null : empty();
    }
    return batch;
  }

  /** Puts back what was taken. */
  void put(int loop, SpanBatch batch) {
    if (!filling.compareAndSet(place(loop), null, batch)) {
      full(batch);
    }
  }

  private void full(SpanBatch batch) {
    full.add(batch);
    if (waiting.incrementAndGet() >= TOGETHER) {
      wake.run();
    }
  }

  private @Nullable SpanBatch empty() {
    SpanBatch batch = free.poll();
    if (batch != null) {
      return batch;
    }
    if (made.incrementAndGet() > MOST) {
      made.decrementAndGet();
      return null;
    }
    return new SpanBatch(SpanBatch.BYTES);
  }

  /** Sender: batches that are full, as many as are sent at once; fewer where there are no more. */
  List<SpanBatch> poll() {
    List<SpanBatch> batches = new ArrayList<>(TOGETHER);
    while (batches.size() < TOGETHER) {
      SpanBatch batch = full.poll();
      if (batch == null) {
        break;
      }
      waiting.decrementAndGet();
      batches.add(batch);
    }
    return batches;
  }

  /** Sender: takes away what is not full yet, too. */
  void gather() {
    for (int i = 0; i < PLACES; i++) {
      SpanBatch batch = filling.getAndSet(place(i), null);
      if (batch != null) {
        waiting.incrementAndGet();
        full.add(batch);
      }
    }
  }

  /** Sender: a batch is sent, or given up. */
  void sent(SpanBatch batch) {
    batch.clear();
    free.add(batch);
  }

  /** So many spans will not be sent. */
  void lose(int spans) {
    lost.add(spans);
  }

  /** How many spans were lost. */
  long lost() {
    return lost.sum();
  }
}
