package dev.gatehouse.gateway.net;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Every open connection, and the way to let them all end well. */
final class Drain {
  private final Set<ClientConnection> open = ConcurrentHashMap.newKeySet();
  private final Phaser phaser = new Phaser(1);
  private volatile boolean draining;

  void opened(ClientConnection connection) {
    open.add(connection);
    phaser.register();
    if (draining) {
      connection.finish();
    }
  }

  void closed(ClientConnection connection) {
    if (open.remove(connection)) {
      phaser.arriveAndDeregister();
    }
  }

  /** How many connections are open. */
  int open() {
    return open.size();
  }

  boolean draining() {
    return draining;
  }

  /**
   * Closes idle connections, lets the others end their request, and closes what is left after the
   * given time. Blocks.
   */
  void drain(Duration patience) {
    draining = true;
    for (ClientConnection connection : open) {
      connection.worker().loop().execute(connection::finish);
    }
    int phase = phaser.arrive();
    try {
      phaser.awaitAdvanceInterruptibly(phase, patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      open.forEach(ClientConnection::abort);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
