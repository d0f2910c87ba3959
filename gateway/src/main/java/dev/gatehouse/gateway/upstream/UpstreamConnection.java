package dev.gatehouse.gateway.upstream;

import dev.gatehouse.gateway.net.Deadlines;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection to a backend, busy with at most one request at a time. */
@SuppressWarnings("FutureReturnValueIgnored") // failed writes close the channel
public final class UpstreamConnection extends ChannelInboundHandlerAdapter {
  private static final int LOWEST_STATUS = 100;
  private static final int HIGHEST_STATUS = 999;

  private final Origin origin;
  private final Upstreams upstreams;
  private final ClientCodec codec;
  private final Deadlines.Timed idle =
      new Deadlines.Timed() {
        @Override
        protected void expired() {
          close();
        }
      };

  private @Nullable ChannelHandlerContext context;
  private @Nullable UpstreamListener listener;
  private boolean reused;
  private boolean given;
  private long bornNanos;
  private long hintMillis = Long.MAX_VALUE;

  UpstreamConnection(Origin origin, Upstreams upstreams) {
    this.origin = origin;
    this.upstreams = upstreams;
    this.codec = new ClientCodec(upstreams.worker());
  }

  /** Where it leads. */
  public Origin origin() {
    return origin;
  }

  /** Adds what reads and writes HTTP, and the connection behind it. */
  void addTo(ChannelPipeline pipeline) {
    codec.addTo(pipeline);
    pipeline.addLast(this);
  }

  Deadlines.Timed idle() {
    return idle;
  }

  boolean alive() {
    return context().channel().isActive();
  }

  private ChannelHandlerContext context() {
    return Objects.requireNonNull(context);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    this.context = context;
    this.bornNanos = upstreams.worker().nanos();
  }

  /** How long it has been there. */
  long ageMillis() {
    return TimeUnit.NANOSECONDS.toMillis(upstreams.worker().nanos() - bornNanos);
  }

  /** How long it may be kept unused: less than the backend keeps it, where the backend tells. */
  long idleMillis(long most) {
    return Math.min(most, hintMillis);
  }

  Future<Channel> handshake() {
    return context().pipeline().get(SslHandler.class).handshakeFuture();
  }

  /** The connection is given to a request. */
  void occupy(UpstreamListener listener) {
    this.listener = listener;
    this.given = true;
  }

  /** Whether any request was ever given it. */
  boolean given() {
    return given;
  }

  /**
   * Whether an earlier request was answered on it, so that the backend may be closing it just now.
   */
  public boolean reused() {
    return reused;
  }

  /** Writes a part of the request. */
  public void write(HttpObject part) {
    if (part instanceof HttpRequest request) {
      codec.asks(request.method().equals(HttpMethod.HEAD));
    }
    context().write(part, context().voidPromise());
  }

  /** Flushes what was written. */
  public void flush() {
    context().flush();
  }

  /** Whether more can be written without filling memory. */
  public boolean writable() {
    return context().channel().isWritable();
  }

  /** Stops or resumes reading the response. */
  public void pauseReading(boolean pause) {
    context().channel().config().setAutoRead(!pause);
  }

  /**
   * The response is complete and the request was sent whole: the next one may have the connection.
   */
  public void release() {
    listener = null;
    reused = true;
    Channel channel = context().channel();
    if (codec.hasMore()) {
      channel.close();
    } else if (channel.isActive()) {
      codec.answered();
      channel.config().setAutoRead(true);
      upstreams.park(this);
    }
  }

  /**
   * The connection speaks another protocol from now on. What the backend has sent of it already
   * reaches the handler last of all.
   *
   * @param before is done when the handler is there and has got nothing yet
   */
  public void switchProtocol(ChannelHandler handler, Runnable before) {
    listener = null;
    Channel channel = context().channel();
    channel.closeFuture().addListener(closed -> upstreams.forget(this));
    channel.pipeline().addLast(handler);
    channel.pipeline().remove(this);
    before.run();
    channel.config().setAutoRead(true);
    codec.removeFrom(channel.pipeline());
  }

  /** Gives the connection up. */
  public void close() {
    listener = null;
    context().channel().close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    upstreams.worker().reads();
    UpstreamListener current = listener;
    if (current == null) { // bytes that nobody asked for
      ReferenceCountUtil.release(message);
      context.close();
      return;
    }
    DecoderResult result = ((HttpObject) message).decoderResult();
    if (result.isFailure()) {
      ReferenceCountUtil.release(message);
      boolean cut = result.cause() instanceof PrematureChannelClosureException;
      fail(cut ? UpstreamListener.Failure.CUT : UpstreamListener.Failure.MALFORMED);
      return;
    }
    if (message instanceof HttpResponse response) {
      if (!hasStatus(response) || isEncoded(response)) {
        ReferenceCountUtil.release(message);
        fail(UpstreamListener.Failure.MALFORMED);
        return;
      }
      hintMillis = KeepAliveHint.millis(response.headers());
      current.head(response);
    }
    if (message instanceof HttpContent content) {
      if (listener == null) { // the head ended it
        content.release();
      } else {
        current.part(content);
      }
    }
  }

  /** Whether there is more to undo than chunks; {@code identity} is nothing. */
  private static boolean isEncoded(HttpResponse response) {
    String coding = response.headers().get(HttpHeaderNames.TRANSFER_ENCODING);
    if (coding == null || HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(coding)) {
      return false;
    }
    response.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
    return !HttpHeaderValues.IDENTITY.contentEqualsIgnoreCase(coding);
  }

  /** Three digits; what is beyond 599 is the client's to understand. */
  private static boolean hasStatus(HttpResponse response) {
    int code = response.status().code();
    return code >= LOWEST_STATUS && code <= HIGHEST_STATUS;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    UpstreamListener current = listener;
    if (current != null) {
      current.paused();
    }
    upstreams.worker().paused();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    upstreams.worker().paused();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    UpstreamListener current = listener;
    if (current != null && context.channel().isWritable()) {
      current.writable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    upstreams.forget(this);
    fail(UpstreamListener.Failure.CUT);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(UpstreamListener.Failure.CUT);
  }

  private void fail(UpstreamListener.Failure failure) {
    UpstreamListener current = listener;
    close();
    if (current != null) {
      current.failed(failure);
    }
  }
}
