package dev.gatehouse.gateway.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: hands each request to a {@link Receiver}, one at a time, and writes what
 * the receiver answers. Requests that a client sends ahead wait, and reading stops while they do.
 *
 * <p>Data plane: runs on its event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failed writes close the channel
public final class ClientConnection extends ClientSocket {
  /** On every answer of the data plane (http-api.md section 12 [C]), in the case of HTTP/1.1. */
  public static final AsciiString REQUEST_ID = AsciiString.cached("Apigw-Requestid");

  private static final long IDLE_MILLIS = 350_000;
  private static final long HEADERS_MILLIS = 30_000;
  private static final long DISCARDED_BYTES = 64 * 1024;

  private final Receivers receivers;
  private final Drain drain;
  private final Framing codec;
  private final Queue<HttpObject> ahead = new ArrayDeque<>();
  private @Nullable Receiver receiver;
  private boolean keepAlive = true;
  private boolean requestEnded = true;
  private boolean answered;
  private boolean discarding;
  private boolean advancing;
  private boolean pausedByReceiver;
  private boolean bodyIsSmall;
  private boolean held;

  ClientConnection(Worker worker, Receivers receivers, Drain drain, Framing codec) {
    super(worker);
    this.receivers = receivers;
    this.drain = drain;
    this.codec = codec;
  }

  /** Another connection of the same client, on a stream that this one's socket carries. */
  public ClientConnection onStream(Framing framing) {
    ClientConnection stream = new ClientConnection(worker(), receivers, drain, framing);
    stream.arrivedLike(this);
    return stream;
  }

  /** Adds what reads and writes HTTP, and the connection behind it. */
  public void addTo(ChannelPipeline pipeline) {
    codec.addTo(pipeline);
    pipeline.addLast(this);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    drain.opened(this);
    opened();
    idle(HEADERS_MILLIS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    drain.closed(this);
    busy();
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
    worker().reads();
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
      Refusal refusal = Refusal.of(request);
      if (refusal != null) {
        ReferenceCountUtil.release(message);
        refuse(refusal);
        return;
      }
      begin(request);
    }
    if (message instanceof HttpContent content) {
      takeContent(content);
    }
  }

  private void begin(HttpRequest request) {
    busy();
    keepAlive = HttpUtil.isKeepAlive(request) && !drain.draining();
    requestEnded = false;
    answered = false;
    codec.answersHead(request.method().equals(HttpMethod.HEAD));
    boolean expectsContinue = HttpUtil.is100ContinueExpected(request);
    expectsContinue(expectsContinue);
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
    if (current != null) { // in the middle of a body: the two sides no longer agree on the framing
      if (!current.malformed()) {
        channel().close();
      }
      return;
    }
    codec.answersHead(false);
    requestEnded = false;
    bodyIsSmall = false;
    answer(refusal);
  }

  /** Answers for want of a service that would. */
  void answer(Refusal refusal) {
    writeHead(refusal.response(worker()));
    writeEnd();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    pause();
    worker().paused();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    worker().paused();
  }

  private void pause() {
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

  /** Stops or resumes taking the body from the socket. */
  public void pauseReading(boolean pause) {
    pausedByReceiver = pause;
    channel().config().setAutoRead(!pause && ahead.isEmpty());
  }

  /** The end of the connection marks the end of the answer. */
  public void closeAfterAnswer() {
    endsAnswer();
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
    receiver = null;
    context().write(head, context().voidPromise());
    leaveTo(handlers);
    channel().flush();
    if (!channel().config().isAutoRead()) {
      channel().config().setAutoRead(true);
    }
  }

  /** The client speaks what these handlers understand; nothing is under way. */
  public void leaveTo(ChannelHandler... handlers) {
    busy();
    ChannelPipeline pipeline = context().pipeline();
    codec.removeFrom(pipeline);
    pipeline.addLast(handlers);
    pipeline.remove(this);
    drain.closed(this); // last: whoever waits for this connection finds its handlers at work
  }

  /** Whether the server is about to stop. */
  public boolean draining() {
    return drain.draining();
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
    idle(IDLE_MILLIS);
    while ((receiver == null || !requestEnded) && !discarding && !ahead.isEmpty()) {
      take(ahead.remove());
    }
    advancing = false;
    pause();
    if (ahead.isEmpty() && !pausedByReceiver && !channel().config().isAutoRead()) {
      channel().config().setAutoRead(true);
    }
  }

  private void linger() {
    discarding = true;
    if (requestEnded) {
      channel().close();
    } else {
      closeGently();
    }
  }
}
