package dev.gatehouse.gateway.websocket;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Closes every connection, spread over a time so that not all clients come back in one moment, and
 * waits until the backends know. Blocking code.
 */
record SocketDrain(WebSockets sockets) {
  private static final Duration LOOK = Duration.ofMillis(5);

  /** However few connections there are, one is not waited for longer than this. */
  private static final Duration LONGEST_STEP = Duration.ofMillis(10);

  /** How long the last ones' backends may take beyond the time that the closing takes. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  void run() {
    Duration time = sockets.options().drain();
    long start = System.nanoTime();
    List<SocketConnection> open = sockets.connections().all();
    if (!open.isEmpty()) {
      long step = Math.min(time.toNanos() / open.size(), LONGEST_STEP.toNanos());
      for (int i = 0; i < open.size(); i++) {
        until(start + i * step);
        SocketConnection connection = open.get(i);
        connection.worker().loop().execute(() -> connection.close(CloseReason.GOING_AWAY));
      }
    }
    long end = start + time.plus(PATIENCE).toNanos();
    while (!over() && System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private boolean over() {
    return sockets.connections().none() && sockets.disconnects().none();
  }

  private static void until(long nanos) {
    long left = nanos - System.nanoTime();
    if (left > TimeUnit.MICROSECONDS.toNanos(50)) {
      LockSupport.parkNanos(left);
    }
  }
}
