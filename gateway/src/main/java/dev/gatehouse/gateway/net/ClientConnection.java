package dev.gatehouse.gateway.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SniCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: hands each request to a {@link Receiver}, one at a time, and writes what
 * the receiver answers. Requests that a client sends ahead wait, and reading stops while they do.
 *
 * <p>Data plane: runs on its event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failed writes close the channel
public final class ClientConnection extends ChannelInboundHandlerAdapter {
  /** On every answer of the data plane (http-api.md section 12 [C]), in the case of HTTP/1.1. */
  public static final AsciiString REQUEST_ID = AsciiString.cached("Apigw-Requestid");

  private static final long IDLE_MILLIS = 350_000;
  private static final long HEADERS_MILLIS = 30_000;
  private static final long LINGER_MILLIS = 2_000;
  private static final long DISCARDED_BYTES = 64 * 1024;

  private final Worker worker;
  private final Receivers receivers;
  private final Drain drain;
  private final ServerCodec codec = new ServerCodec();
  private final Queue<HttpObject> ahead = new ArrayDeque<>();
  private final Deadlines.Timed idle =
      new Deadlines.Timed() {
        @Override
        protected void expired() {
          channel().close();
        }
      };

  private @Nullable ChannelHandlerContext context;
  private @Nullable Receiver receiver;
  private String peerAddress = "";
  private String localAddress = "";
  private String serverName = "";
  private boolean keepAlive = true;
  private boolean requestEnded = true;
  private boolean answered;
  private boolean discarding;
  private boolean advancing;
  private boolean pausedByReceiver;
  private boolean expectsContinue;
  private boolean bodyIsSmall;
  private boolean endsWithConnection;
  private boolean held;

  ClientConnection(Worker worker, Receivers receivers, Drain drain) {
    this.worker = worker;
    this.receivers = receivers;
    this.drain = drain;
  }

  ServerCodec codec() {
    return codec;
  }

  /** What belongs to this connection's event loop. */
  public Worker worker() {
    return worker;
  }

  /** The connection's channel. */
  public Channel channel() {
    return context().channel();
  }

  /** The other end of the socket. */
  public InetSocketAddress peer() {
    return (InetSocketAddress) channel().remoteAddress();
  }

  /** The address of the other end, as text. */
  public String peerAddress() {
    return peerAddress;
  }

  /** The address of this end, as text. */
  public String localAddress() {
    return localAddress;
  }

  /** The name that a client of TLS asked for (SNI); empty where it named none, or speaks none. */
  public String serverName() {
    return serverName;
  }

  /** Whether the client speaks TLS. */
  public boolean secure() {
    return channel().pipeline().get(SslHandler.class) != null;
  }

  private ChannelHandlerContext context() {
    return Objects.requireNonNull(context);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    this.context = context;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    drain.opened(this);
    peerAddress = text(context.channel().remoteAddress());
    localAddress = text(context.channel().localAddress());
    worker.connectionDeadlines().set(idle, HEADERS_MILLIS);
  }

  private static String text(SocketAddress address) {
    return ((InetSocketAddress) address).getAddress().getHostAddress();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    drain.closed(this);
    worker.connectionDeadlines().clear(idle);
    Receiver gone = receiver;
    receiver = null;
    if (gone != null) {
      gone.clientGone();
    }
    ahead.forEach(ReferenceCountUtil::release);
    ahead.clear();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (discarding) {
      ReferenceCountUtil.release(message);
    } else if (!ahead.isEmpty() || (receiver != null && message instanceof HttpRequest)) {
      ahead.add((HttpObject) message);
      context.channel().config().setAutoRead(false);
    } else {
      take((HttpObject) message);
    }
  }

  private void take(HttpObject message) {
    if (message.decoderResult().isFailure()) {
      ReferenceCountUtil.release(message);
      refuse(Refusal.of(message.decoderResult().cause()));
      return;
    }
    if (message instanceof HttpRequest request) {
      if (ServerCodec.tooLarge(request)) {
        ReferenceCountUtil.release(message);
        refuse(Refusal.TOO_LARGE);
        return;
      }
      begin(request);
    }
    if (message instanceof HttpContent content) {
      takeContent(content);
    }
  }

  private void begin(HttpRequest request) {
    worker.connectionDeadlines().clear(idle);
    keepAlive = HttpUtil.isKeepAlive(request) && !drain.draining();
    requestEnded = false;
    answered = false;
    codec.answersHead(request.method().equals(HttpMethod.HEAD));
    expectsContinue = HttpUtil.is100ContinueExpected(request);
    bodyIsSmall =
        !expectsContinue
            && !HttpUtil.isTransferEncodingChunked(request)
            && HttpUtil.getContentLength(request, 0L) <= DISCARDED_BYTES;
    Receiver taken = receivers.receive(this, request);
    receiver = taken;
    taken.start();
  }

  private void takeContent(HttpContent content) {
    if (content instanceof LastHttpContent) {
      requestEnded = true;
    }
    Receiver current = receiver;
    if (current == null || answered) {
      content.release();
    } else {
      current.content(content);
    }
    if (requestEnded && answered && current != null && isCurrent(current)) {
      next();
    }
  }

  @SuppressWarnings("ReferenceEquality") // this very request, not one like it
  private boolean isCurrent(Receiver candidate) {
    return receiver == candidate;
  }

  private void refuse(Refusal refusal) {
    Receiver current = receiver;
    if (current != null) {
      channel().close(); // in the middle of a body: the two sides no longer agree on the framing
      return;
    }
    codec.answersHead(false);
    requestEnded = false;
    bodyIsSmall = false;
    answer(refusal);
  }

  /** Answers for want of a service that would. */
  void answer(Refusal refusal) {
    ByteBuf body = refusal.body();
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, refusal.status(), body);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
        .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
        .set(HttpHeaderNames.DATE, worker.date())
        .set(REQUEST_ID, worker.requestId());
    writeHead(response);
    writeEnd();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    Receiver current = receiver;
    if (current != null) {
      current.contentPaused();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    Receiver current = receiver;
    if (current != null) {
      current.writabilityChanged(context.channel().isWritable());
    }
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

  /** Tells a client that waits for it to send its body. */
  public void sendContinue() {
    if (expectsContinue) {
      expectsContinue = false;
      context()
          .writeAndFlush(
              new DefaultFullHttpResponse(
                  HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER),
              context().voidPromise());
    }
  }

  /** Stops or resumes taking the body from the socket. */
  public void pauseReading(boolean pause) {
    pausedByReceiver = pause;
    channel().config().setAutoRead(!pause && ahead.isEmpty());
  }

  /** Whether more can be written without filling memory. */
  public boolean writable() {
    return channel().isWritable();
  }

  /** The end of the connection marks the end of the answer. */
  public void closeAfterAnswer() {
    endsWithConnection = true;
    keepAlive = false;
  }

  /** Writes the head of the answer; says how the connection goes on. */
  public void writeHead(HttpResponse response) {
    if (!requestEnded && !bodyIsSmall) {
      keepAlive = false; // closing is cheaper than to read on what nobody wants
    }
    response
        .headers()
        .set(
            HttpHeaderNames.CONNECTION,
            keepAlive ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
    context().write(response, context().voidPromise());
  }

  /** Writes a part of the answer's body. */
  public void writePart(HttpContent content) {
    context().write(content, context().voidPromise());
  }

  /** Flushes what was written. */
  public void flush() {
    context().flush();
  }

  /** The answer is complete. A head that carries its whole body needs no other call. */
  public void writeEnd() {
    answered = true;
    if (!keepAlive) {
      context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ended -> linger());
      return;
    }
    context().flush();
    if (requestEnded) {
      next();
    }
  }

  /**
   * The connection speaks another protocol from now on: the head goes out, then the handlers take
   * what follows. What a client sent ahead is no part of it and ends the connection.
   */
  public void switchProtocol(HttpResponse head, ChannelHandler... handlers) {
    if (!ahead.isEmpty()) {
      abort();
      return;
    }
    drain.closed(this);
    worker.connectionDeadlines().clear(idle);
    receiver = null;
    context().write(head, context().voidPromise());
    ChannelPipeline pipeline = context().pipeline();
    pipeline.addLast(handlers);
    pipeline.remove(codec);
    pipeline.remove(this);
    pipeline.flush();
    if (!channel().config().isAutoRead()) {
      channel().config().setAutoRead(true);
    }
  }

  /** Whether the server is about to stop. */
  public boolean draining() {
    return drain.draining();
  }

  /**
   * The answer cannot be completed: the client must see that it is cut, even where the connection's
   * end is what marks the answer's.
   */
  public void abort() {
    if (endsWithConnection) {
      channel().config().setOption(ChannelOption.SO_LINGER, 0);
    }
    channel().flush();
    channel().close();
  }

  /** Closes when nothing is under way; else after the answer. */
  void finish() {
    keepAlive = false;
    if (receiver == null && ahead.isEmpty()) {
      channel().close();
    }
  }

  /** Takes no further request until {@link #proceed}: what was asked for keeps others waiting. */
  public void hold() {
    held = true;
  }

  /** Takes requests again. */
  public void proceed() {
    held = false;
    if (answered && requestEnded && receiver != null && channel().isActive()) {
      if (keepAlive) {
        next();
      } else {
        channel().close();
      }
    }
  }

  private void next() {
    if (held) {
      return; // the request that is answered stays the current one, so that others wait
    }
    receiver = null;
    if (advancing) {
      return; // a request sent ahead was answered at once: the loop below goes on
    }
    advancing = true;
    pausedByReceiver = false;
    worker.connectionDeadlines().set(idle, IDLE_MILLIS);
    while ((receiver == null || !requestEnded) && !discarding && !ahead.isEmpty()) {
      take(ahead.remove());
    }
    advancing = false;
    channelReadComplete(context());
    if (ahead.isEmpty() && !pausedByReceiver && !channel().config().isAutoRead()) {
      channel().config().setAutoRead(true);
    }
  }

  /** Closes so that the answer still reaches a client that is sending: first our half, then all. */
  private void linger() {
    discarding = true;
    Channel channel = channel();
    if (requestEnded || !(channel instanceof DuplexChannel duplex)) {
      channel.close();
      return;
    }
    worker.connectionDeadlines().set(idle, LINGER_MILLIS);
    channel.config().setAutoRead(true);
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound();
      return;
    }
    duplex.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }
}
