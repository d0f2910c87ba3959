package dev.gatehouse.gateway;

import java.util.function.UnaryOperator;

/** The snapshot in force. Read without a lock; a change is one volatile write. */
final class Snapshots {
  private volatile Snapshot current = Snapshot.EMPTY;

  Snapshot current() {
    return current;
  }

  synchronized void update(UnaryOperator<Snapshot> change) {
    current = change.apply(current);
  }
}
