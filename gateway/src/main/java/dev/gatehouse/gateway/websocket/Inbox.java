package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.spi.AccessLog;
import dev.gatehouse.gateway.websocket.SocketOutcome.Answered;
import dev.gatehouse.gateway.websocket.SocketOutcome.Failed;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What a connection's client has sent and is not done with: fragments of a message, messages that
 * wait, and how many are at work. Messages are worked on side by side, up to a number; then the
 * client is read no more, and what came along with the last of them waits. A message in fragments
 * is granted all that it may need with its first one. Where logs are to slow traffic down, a
 * message keeps its place until there is room for lines again.
 *
 * <p>Data plane: runs on its connection's event loop only.
 */
final class Inbox {
  private static final int MOST_AT_WORK = 16;

  private final SocketConnection connection;
  private final Queue<byte[]> waiting = new ArrayDeque<>(2);
  private @Nullable ByteArrayOutputStream fragments;
  private int atWork;
  private boolean discarded;

  Inbox(SocketConnection connection) {
    this.connection = connection;
  }

  /** Whether a message has begun and not ended. */
  boolean awaitsFragments() {
    return fragments != null;
  }

  /** Whether the client must wait. */
  boolean full() {
    return atWork >= MOST_AT_WORK || !waiting.isEmpty();
  }

  /** A message, or the first of its fragments. */
  void begin(WebSocketFrame frame) {
    if (frame.isFinalFragment()) {
      whole(ByteBufUtil.getBytes(frame.content()));
    } else if (!connection.sockets().ports().budget().tryAcquire(longest())) {
      connection.fail(CloseReason.NO_MEMORY);
    } else {
      fragments = new ByteArrayOutputStream(frame.content().readableBytes() * 2);
      add(fragments, frame);
    }
  }

  /** Another fragment. */
  void goOn(WebSocketFrame frame) {
    ByteArrayOutputStream begun = fragments;
    if (begun == null) {
      connection.fail(CloseReason.PROTOCOL);
    } else {
      add(begun, frame);
    }
  }

  private void add(ByteArrayOutputStream begun, WebSocketFrame frame) {
    if (begun.size() + frame.content().readableBytes() > longest()) {
      forgetFragments();
      connection.fail(CloseReason.TOO_BIG);
      return;
    }
    begun.writeBytes(ByteBufUtil.getBytes(frame.content()));
    if (frame.isFinalFragment()) {
      forgetFragments();
      whole(begun.toByteArray());
    }
  }

  private int longest() {
    return connection.sockets().options().messageBytes();
  }

  private void forgetFragments() {
    if (fragments != null) {
      fragments = null;
      connection.sockets().ports().budget().release(longest());
    }
  }

  private void whole(byte[] message) {
    if (message.length > longest()) {
      connection.fail(CloseReason.TOO_BIG);
    } else if (!Utf8.isValid(message)) {
      connection.fail(CloseReason.NOT_UTF8);
    } else if (full()) {
      waiting.add(message);
      connection.pauseReading(true);
    } else {
      grant(message);
    }
  }

  /** A message is held while its integration works, at the expense of the process's budget. */
  private void grant(byte[] message) {
    atWork++;
    connection.countReceived();
    connection
        .sockets()
        .ports()
        .budget()
        .acquire(message.length, connection.worker().loop(), () -> work(message));
  }

  private void work(byte[] message) {
    if (discarded) {
      release(message);
      return;
    }
    WebSockets sockets = connection.sockets();
    LiveSocketStage stage = sockets.stage(connection.apiId(), connection.stageName());
    String requestId = connection.worker().requestId();
    if (stage == null) {
      connection.send(
          ErrorText.bytes(
              SocketFault.FORBIDDEN.message(), connection.peer().connectionId(), requestId));
      done(message);
      return;
    }
    SocketRoute route = stage.selection().select(message, stage.routes());
    SocketEvent event =
        SocketEvent.message(
            stage,
            route,
            connection.peer(),
            requestId,
            connection.worker().messageId(connection.peer().connectionId()),
            connection.worker().millis(),
            message);
    SocketCall call = new SocketCall(event, sockets.ports(), connection.worker());
    if (route == null) {
      over(call, new Failed(SocketFault.FORBIDDEN, "no route"));
    } else if (!stage.throttles().admits(route.routeKey(), sockets.ports().nanos().getAsLong())
        || !sockets.admitsEvent(stage.scope())) {
      over(call, new Failed(SocketFault.TOO_MANY, "throttled"));
    } else {
      call.start(route.backend(), outcome -> over(call, outcome));
    }
  }

  private void over(SocketCall call, SocketOutcome outcome) {
    SocketEvent event = call.event();
    SocketOutcome end = sendable(event, outcome);
    call.log(end);
    switch (end) {
      case Answered answered -> {
        boolean twoWay = event.route() != null && event.route().twoWay();
        if (twoWay && answered.body().length > 0) {
          reply(event, answered.body());
        }
      }
      case Failed(SocketFault fault, String reason) ->
          reply(
              event,
              ErrorText.bytes(fault.message(), event.peer().connectionId(), event.requestId()));
    }
    AccessLog lines = connection.sockets().ports().log();
    if (event.stage().isLogged() && lines.pressed()) {
      lines.whenRoom(() -> connection.worker().loop().execute(() -> done(event.body())));
    } else {
      done(event.body());
    }
  }

  /** An answer that can be no message is the integration's failure. */
  private SocketOutcome sendable(SocketEvent event, SocketOutcome outcome) {
    boolean twoWay = event.route() != null && event.route().twoWay();
    if (!twoWay || !(outcome instanceof Answered answered)) {
      return outcome;
    }
    if (answered.body().length > connection.sockets().options().messageBytes()) {
      return new Failed(SocketFault.INTERNAL, "the answer is over the limit of a message");
    }
    return Utf8.isValid(answered.body())
        ? outcome
        : new Failed(SocketFault.INTERNAL, "the answer is no text");
  }

  private void reply(SocketEvent event, byte[] text) {
    if (!discarded) {
      SocketCounts.sent(event.stage(), event.routeKey(), connection.worker().index());
      connection.send(text);
    }
  }

  private void done(byte[] message) {
    release(message);
    if (discarded) {
      return;
    }
    byte[] next = connection.open() ? waiting.poll() : null;
    if (next != null) {
      grant(next);
    } else if (connection.open()) {
      connection.pauseReading(false);
    }
    if (atWork == 0 && fragments == null && waiting.isEmpty()) {
      connection.emptied();
    }
  }

  private void release(byte[] message) {
    atWork--;
    connection.sockets().ports().budget().release(message.length);
  }

  /** Nobody waits for answers any more; what has begun goes on by itself. */
  void discard() {
    discarded = true;
    waiting.clear();
    forgetFragments();
  }
}
