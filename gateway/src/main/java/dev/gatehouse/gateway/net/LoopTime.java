package dev.gatehouse.gateway.net;

import java.util.function.LongSupplier;

/**
 * A clock of one event loop. All that one read of a socket leads to happens at one time, so that a
 * request looks at the system's clock twice, not a dozen times.
 *
 * <p>Data plane: touched by its event loop only.
 */
final class LoopTime {
  private final LongSupplier clock;
  private boolean stands;
  private boolean known;
  private long now;

  LoopTime(LongSupplier clock) {
    this.clock = clock;
  }

  /** A read begins: from here on the clock stands still. */
  void stop() {
    if (!stands) {
      stands = true;
      known = false;
    }
  }

  /** The read has ended: the clock goes on. */
  void goOn() {
    stands = false;
  }

  /** What the clock says. */
  long now() {
    if (!stands) {
      return clock.getAsLong();
    }
    if (!known) {
      known = true;
      now = clock.getAsLong();
    }
    return now;
  }
}
