package dev.gatehouse.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The last requests of one event loop that are over. Only that loop writes, by one ordered store a
 * request; what it stores, the request has made anyway. Read by whoever asks.
 */
final class RecentRequests {
  /** How many a loop keeps. */
  static final int KEPT = 1_024;

  private final AtomicReferenceArray<Timeline> ring = new AtomicReferenceArray<>(KEPT);
  private int next;

  /** Event loop: keeps a request that is over, in place of the oldest. */
  void add(Timeline timeline) {
    ring.setRelease(next, timeline);
    next = (next + 1) % KEPT;
  }

  /** Those that are kept, in no order. */
  List<Timeline> all() {
    List<Timeline> all = new ArrayList<>();
    for (int i = 0; i < KEPT; i++) {
      Timeline timeline = ring.getAcquire(i);
      if (timeline != null) {
        all.add(timeline);
      }
    }
    return all;
  }
}
