package dev.gatehouse.gateway.websocket;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Every open connection by its id. Safe for all threads. */
final class Connections {
  private final ConcurrentHashMap<String, SocketConnection> open = new ConcurrentHashMap<>();
  private final AtomicLong alive = new AtomicLong();

  void opened(SocketConnection connection) {
    alive.incrementAndGet();
    open.put(connection.peer().connectionId(), connection);
  }

  void closing(SocketConnection connection) {
    open.remove(connection.peer().connectionId(), connection);
  }

  /** The connection of that id; null where none is open. */
  @Nullable SocketConnection find(String connectionId) {
    return open.get(connectionId);
  }

  /** Its socket is closed, and who must know has been told to be told. */
  void gone() {
    alive.decrementAndGet();
  }

  /** Whether no connection has a socket. */
  boolean none() {
    return alive.get() == 0;
  }

  /** Those that are open now. */
  List<SocketConnection> all() {
    Collection<SocketConnection> now = open.values();
    return new ArrayList<>(now);
  }
}
