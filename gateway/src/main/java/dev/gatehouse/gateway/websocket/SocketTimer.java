package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.net.Deadlines;

/** The one timer of a connection: for its silence, its age and, once it closes, its closing. */
final class SocketTimer extends Deadlines.Timed {
  private final SocketConnection connection;

  SocketTimer(SocketConnection connection) {
    this.connection = connection;
  }

  @Override
  protected void expired() {
    connection.timeIsOver();
  }
}
