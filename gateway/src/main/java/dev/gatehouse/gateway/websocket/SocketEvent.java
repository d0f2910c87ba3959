package dev.gatehouse.gateway.websocket;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a connection. Immutable, so that it can be written off the event loop.
 *
 * @param route the route that takes it; null where there is none
 * @param messageId null but for messages
 * @param millis when it happened, since the epoch
 * @param opening null but for {@code CONNECT}
 * @param body the message in UTF-8; empty but for messages
 * @param close null but for {@code DISCONNECT}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record SocketEvent(
    LiveSocketStage stage,
    Type type,
    @Nullable SocketRoute route,
    Peer peer,
    String requestId,
    @Nullable String messageId,
    long millis,
    @Nullable Opening opening,
    byte[] body,
    @Nullable CloseReason close) {
  private static final byte[] NO_BODY = new byte[0];

  /** The kinds of events, with AWS's names. */
  enum Type {
    CONNECT,
    MESSAGE,
    DISCONNECT
  }

  static SocketEvent connect(LiveSocketStage stage, Peer peer, String requestId, Opening opening) {
    return new SocketEvent(
        stage,
        Type.CONNECT,
        stage.routes().get(RouteSelection.CONNECT),
        peer,
        requestId,
        null,
        peer.connectedAt(),
        opening,
        NO_BODY,
        null);
  }

  static SocketEvent message(
      LiveSocketStage stage,
      @Nullable SocketRoute route,
      Peer peer,
      String requestId,
      String messageId,
      long millis,
      byte[] body) {
    return new SocketEvent(
        stage, Type.MESSAGE, route, peer, requestId, messageId, millis, null, body, null);
  }

  static SocketEvent disconnect(
      LiveSocketStage stage, Peer peer, String requestId, long millis, CloseReason close) {
    return new SocketEvent(
        stage,
        Type.DISCONNECT,
        stage.routes().get(RouteSelection.DISCONNECT),
        peer,
        requestId,
        null,
        millis,
        null,
        NO_BODY,
        close);
  }

  /** The same of a client of which more is known. */
  SocketEvent with(Peer known) {
    return new SocketEvent(
        stage, type, route, known, requestId, messageId, millis, opening, body, close);
  }

  /** The key of its route; null where there is none. */
  @Nullable String routeKey() {
    return route == null ? null : route.routeKey();
  }
}
