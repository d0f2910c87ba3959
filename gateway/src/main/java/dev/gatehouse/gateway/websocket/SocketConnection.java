package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.net.OurHalf;
import dev.gatehouse.gateway.net.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An open WebSocket: frames in and out, its timers and its end. It knows its API and stage by name
 * only. Small, as there are many of them: what a message needs is there only while there is one.
 *
 * <p>Data plane: runs on its event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failed writes close the channel
final class SocketConnection extends ChannelInboundHandlerAdapter {
  private static final long CLOSING_MILLIS = 5_000;
  private static final long LINGER_MILLIS = 1_000;
  private static final int MOST_CODE = 4_999;

  /** Beyond this many bytes that a client does not read, it is given up. */
  private static final long MOST_UNREAD_BYTES = 1L << 20;

  private final WebSockets sockets;
  private final Worker worker;
  private final Peer peer;
  private final String apiId;
  private final String stageName;
  private final SocketTimer timer = new SocketTimer(this);
  private @Nullable ChannelHandlerContext context;
  private @Nullable Inbox inbox;
  private @Nullable CloseReason close;
  private long lastActive;
  private boolean reading;
  private int received;
  private int sent;

  SocketConnection(WebSockets sockets, Worker worker, SocketEvent connect) {
    this.sockets = sockets;
    this.worker = worker;
    this.peer = connect.peer();
    this.apiId = connect.stage().apiId();
    this.stageName = connect.stage().name();
    this.lastActive = peer.connectedAt();
  }

  /** Nothing happened for long, the connection is old, or its end drags on. */
  void timeIsOver() {
    if (close == null) {
      close(CloseReason.GOING_AWAY);
    } else {
      channel().close();
    }
  }

  /** What reads frames before this handler gets them. */
  ChannelHandler decoder() {
    return Frames.decoder(sockets.options().frameBytes());
  }

  Peer peer() {
    return peer;
  }

  String apiId() {
    return apiId;
  }

  String stageName() {
    return stageName;
  }

  Worker worker() {
    return worker;
  }

  WebSockets sockets() {
    return sockets;
  }

  /** When something last came or went, in milliseconds since the epoch. On the event loop. */
  long lastActive() {
    return lastActive;
  }

  /** How it is now. On the event loop. */
  ConnectionStatus status() {
    return ConnectionStatus.of(peer, stageName, lastActive, received, sent);
  }

  /** One more message has come whole. */
  void countReceived() {
    received++;
  }

  private ChannelHandlerContext context() {
    return Objects.requireNonNull(context);
  }

  private Channel channel() {
    return context().channel();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    sockets.connections().opened(this);
    active();
  }

  /** Something came or went: the idle time starts anew, the lifetime does not. */
  private void active() {
    lastActive = worker.millis();
    long left = peer.connectedAt() + sockets.options().lifetime().toMillis() - lastActive;
    long idle = sockets.options().idle().toMillis();
    worker.connectionDeadlines().set(timer, Math.max(0, Math.min(idle, left)));
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    reading = true;
    try {
      if (close == null && message instanceof WebSocketFrame frame) {
        read(frame);
      } else if (message instanceof CloseWebSocketFrame) {
        channel().close(); // the answer to ours
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(WebSocketFrame frame) {
    switch (frame) {
      case TextWebSocketFrame text -> inbox().begin(text);
      case ContinuationWebSocketFrame more -> inbox().goOn(more);
      case BinaryWebSocketFrame binary -> fail(CloseReason.BINARY);
      case PingWebSocketFrame ping -> {
        if (inbox == null || !inbox.awaitsFragments()) {
          active();
        }
        context().write(Frames.pong(context().alloc(), ping.content()));
      }
      case CloseWebSocketFrame end -> closedByClient(end);
      default -> {} // a pong that nobody asked for says nothing
    }
  }

  private Inbox inbox() {
    active();
    if (inbox == null) {
      inbox = new Inbox(this);
    }
    return inbox;
  }

  /** The inbox is empty and nothing is at work. */
  void emptied() {
    inbox = null;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext from) {
    reading = false;
    context().flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext from) {
    pauseReading(inbox != null && inbox.full());
  }

  /** Takes no more messages for now, or again; a client that does not read may not send either. */
  void pauseReading(boolean pause) {
    channel().config().setAutoRead(!pause && (channel().isWritable() || close != null));
  }

  /** Whether messages can go out. */
  boolean open() {
    return close == null;
  }

  /** Sends a text; one that is over the limits is the caller's error. */
  void send(byte[] text) {
    if (close != null) {
      return;
    }
    if (unread() + text.length > MOST_UNREAD_BYTES) {
      end(CloseReason.ABNORMAL);
      channel().close();
      return;
    }
    active();
    sent++;
    ByteBuf frames = Frames.text(context().alloc(), text, sockets.options().frameBytes());
    context().write(frames, context().voidPromise());
    if (!reading) { // else what comes with this message is answered in one go
      context().flush();
    }
  }

  /** What was sent and waits for the client to take it: nothing, where that is little. */
  private long unread() {
    long beyond = channel().bytesBeforeWritable();
    return beyond == 0 ? 0 : beyond + channel().config().getWriteBufferLowWaterMark();
  }

  /** Closes, where it came so far as to be open. */
  void closeIfOpen(CloseReason reason) {
    if (context != null) {
      close(reason);
    }
  }

  /** Closes in the way of the protocol: says so, and waits a little for the client to agree. */
  void close(CloseReason reason) {
    if (close != null) {
      return;
    }
    end(reason);
    worker.connectionDeadlines().set(timer, CLOSING_MILLIS);
    context().writeAndFlush(Frames.close(context().alloc(), reason), context().voidPromise());
    channel().config().setAutoRead(true);
  }

  /** From here on the connection is no longer one of the open ones. */
  private void end(CloseReason reason) {
    close = reason;
    sockets.connections().closing(this);
  }

  /** Says why, and takes nothing more. */
  void fail(CloseReason reason) {
    if (close != null) {
      return;
    }
    end(reason);
    sayAndShutDown(reason, CLOSING_MILLIS);
  }

  /** Closes our half, so that what was said reaches a client that is still sending. */
  private void sayAndShutDown(CloseReason said, long millis) {
    worker.connectionDeadlines().set(timer, millis);
    channel().config().setAutoRead(true);
    context()
        .writeAndFlush(Frames.close(context().alloc(), said))
        .addListener(sent -> OurHalf.end(channel()));
  }

  private void closedByClient(CloseWebSocketFrame frame) {
    int code = frame.statusCode();
    if (code > MOST_CODE) { // all other codes that there are not, the decoder has found
      fail(CloseReason.PROTOCOL);
      return;
    }
    CloseReason reason = code < 0 ? CloseReason.UNSET : new CloseReason(code, frame.reasonText());
    end(reason);
    sayAndShutDown(code < 0 ? CloseReason.UNSET : new CloseReason(code, ""), LINGER_MILLIS);
  }

  /** The client's half of a stream has ended; without a close frame, that is the end of it. */
  @Override
  public void userEventTriggered(ChannelHandlerContext from, Object event) {
    if (event instanceof ChannelInputShutdownEvent && close == null) {
      channel().close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException corrupted) {
      fail(CloseReason.ofViolation(corrupted.closeStatus().code()));
    } else {
      channel().close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext from) {
    worker.connectionDeadlines().clear(timer);
    if (close == null) {
      end(CloseReason.ABNORMAL);
    }
    if (inbox != null) {
      inbox.discard();
    }
    sockets.disconnects().add(worker, peer, apiId, stageName, Objects.requireNonNull(close));
    sockets.connections().gone();
  }
}
