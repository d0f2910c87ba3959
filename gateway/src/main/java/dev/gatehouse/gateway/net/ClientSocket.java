package dev.gatehouse.gateway.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SniCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One client's socket: its two ends, what goes out that is no head, how long it may be silent, and
 * how it is closed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel
abstract sealed class ClientSocket extends ChannelInboundHandlerAdapter permits ClientConnection {
  private static final long LINGER_MILLIS = 2_000;

  private final Worker worker;
  private final Deadlines.Timed idle =
      new Deadlines.Timed() {
        @Override
        protected void expired() {
          channel().close();
        }
      };

  private @Nullable ChannelHandlerContext context;
  private String peerAddress = "";
  private String localAddress = "";
  private String serverName = "";
  private boolean streamOfTls;
  private boolean expectsContinue;
  private boolean endsAnswer;

  ClientSocket(Worker worker) {
    this.worker = worker;
  }

  /** What belongs to this connection's event loop. */
  public final Worker worker() {
    return worker;
  }

  /** The connection's channel. */
  public final Channel channel() {
    return context().channel();
  }

  /** The other end of the socket. */
  public final InetSocketAddress peer() {
    return (InetSocketAddress) channel().remoteAddress();
  }

  /** The address of the other end, as text. */
  public final String peerAddress() {
    return peerAddress;
  }

  /** The address of this end, as text. */
  public final String localAddress() {
    return localAddress;
  }

  /** The name that a client of TLS asked for (SNI); empty where it named none, or speaks none. */
  public final String serverName() {
    return serverName;
  }

  /** Whether the client speaks TLS. */
  public final boolean secure() {
    return streamOfTls || channel().pipeline().get(SslHandler.class) != null;
  }

  /** The socket that carries this stream, where it is one, knows how its client came. */
  final void arrivedLike(ClientSocket carrier) {
    serverName = carrier.serverName;
    streamOfTls = carrier.secure();
  }

  final ChannelHandlerContext context() {
    return Objects.requireNonNull(context);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    this.context = context;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SniCompletionEvent asked && asked.hostname() != null) {
      serverName = asked.hostname();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  /** Whether more can be written without filling memory. */
  public final boolean writable() {
    return channel().isWritable();
  }

  /** Whether the client waits to be told before it sends its body. */
  final void expectsContinue(boolean expects) {
    expectsContinue = expects;
  }

  /** Tells a client that waits for it to send its body. */
  public final void sendContinue() {
    if (expectsContinue) {
      expectsContinue = false;
      context()
          .writeAndFlush(
              new DefaultFullHttpResponse(
                  HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER),
              context().voidPromise());
    }
  }

  /** Writes a part of the answer's body. */
  public final void writePart(HttpContent content) {
    context().write(content, context().voidPromise());
  }

  /** Flushes what was written. */
  public final void flush() {
    context().flush();
  }

  /**
   * The answer cannot be completed: the client must see that it is cut, even where the connection's
   * end is what marks the answer's.
   */
  public final void abort() {
    if (endsAnswer) {
      channel().config().setOption(ChannelOption.SO_LINGER, 0);
    }
    channel().flush();
    channel().close();
  }

  /** The end of the connection is what marks the end of the answer. */
  final void endsAnswer() {
    endsAnswer = true;
  }

  /** The socket is connected. */
  final void opened() {
    peerAddress = text(channel().remoteAddress());
    localAddress = text(channel().localAddress());
  }

  private static String text(SocketAddress address) {
    return AddressText.of(((InetSocketAddress) address).getAddress());
  }

  /** Closes the socket when nothing happens for that long. */
  final void idle(long millis) {
    worker.connectionDeadlines().set(idle, millis);
  }

  /** Something is under way. */
  final void busy() {
    worker.connectionDeadlines().clear(idle);
  }

  /**
   * Closes so that what was sent still reaches a client that is sending: first our half, then all.
   */
  final void closeGently() {
    Channel channel = channel();
    if (!(channel instanceof DuplexChannel)) {
      channel.close();
      return;
    }
    idle(LINGER_MILLIS);
    channel.config().setAutoRead(true);
    OurHalf.end(channel);
  }
}
