package dev.gatehouse.gateway.upstream;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop to one backend. A free one is taken newest first, so that the
 * others can grow old and be closed. Who finds as many open as there may be waits in line.
 */
final class ConnectionPool {
  private static final int MOST_WAITING = 10_000;
  private static final int MOST_FREE = 256;

  private final ArrayDeque<UpstreamConnection> free = new ArrayDeque<>();
  private final ArrayDeque<UpstreamListener> waiting = new ArrayDeque<>();
  private int open;

  /** The free connection that was used last; null where there is none. */
  @Nullable UpstreamConnection takeFree() {
    return free.pollLast();
  }

  /** Keeps a connection for the next request; false where there are enough. */
  boolean keep(UpstreamConnection connection) {
    return free.size() < MOST_FREE && free.add(connection);
  }

  /** Puts a request in line; false where the line is too long. */
  boolean line(UpstreamListener listener) {
    return waiting.size() < MOST_WAITING && waiting.add(listener);
  }

  /** Takes a request out of the line that is over. */
  void leave(UpstreamListener listener) {
    waiting.remove(listener);
  }

  /** Who is first in line; null where nobody is. */
  @Nullable UpstreamListener next() {
    return waiting.pollFirst();
  }

  int open() {
    return open;
  }

  int idle() {
    return free.size();
  }

  int waiting() {
    return waiting.size();
  }

  void opened() {
    open++;
  }

  void closed() {
    open--;
  }

  /** A connection has ended, which may have been free. */
  void forget(UpstreamConnection connection) {
    free.remove(connection);
  }

  boolean unused() {
    return open == 0 && waiting.isEmpty();
  }
}
