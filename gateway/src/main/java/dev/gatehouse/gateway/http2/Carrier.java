package dev.gatehouse.gateway.http2;

import dev.gatehouse.gateway.net.Deadlines;
import dev.gatehouse.gateway.net.Worker;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.util.concurrent.Future;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The socket below the streams: closed when no stream has been on it for long, and told to take no
 * more when the gateway stops.
 *
 * <p>Data plane: runs on its event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failed writes close the channel
final class Carrier extends ChannelInboundHandlerAdapter {
  private static final long IDLE_MILLIS = 350_000;
  private static final long FIRST_STREAM_MILLIS = 30_000;

  private final Worker worker;
  private final Set<Carrier> all;
  private final Deadlines.Timed idle =
      new Deadlines.Timed() {
        @Override
        protected void expired() {
          close();
        }
      };
  private @Nullable ChannelHandlerContext context;
  private int streams;
  private boolean draining;

  Carrier(Worker worker, Set<Carrier> all) {
    this.worker = worker;
    this.all = all;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) throws Exception {
    context = added;
    all.add(this);
    worker.connectionDeadlines().set(idle, FIRST_STREAM_MILLIS);
    Http2FrameCodec codec = added.pipeline().get(Http2FrameCodec.class);
    int more =
        Http2.CONNECTION_WINDOW - codec.connection().local().flowController().initialWindowSize();
    added.write(new DefaultHttp2WindowUpdateFrame(more));
    added.flush();
  }

  /** A stream has begun. */
  void opened(Channel stream) {
    streams++;
    worker.connectionDeadlines().clear(idle);
    stream.closeFuture().addListener(closed -> closed());
  }

  private void closed() {
    streams--;
    if (streams > 0) {
      return;
    }
    if (draining) {
      close();
    } else if (all.contains(this)) {
      worker.connectionDeadlines().set(idle, IDLE_MILLIS);
    }
  }

  private void close() {
    ChannelHandlerContext at = context;
    if (at != null) {
      at.close();
    }
  }

  /** Takes no further streams, once the event loop comes to it. Called on any thread. */
  Future<?> drain() {
    return worker.loop().submit(this::takeNoMore);
  }

  private void takeNoMore() {
    draining = true;
    ChannelHandlerContext at = context;
    if (at != null && streams > 0) {
      at.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
    } else {
      close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext gone) {
    all.remove(this);
    worker.connectionDeadlines().clear(idle);
    gone.fireChannelInactive();
  }

  /** A client that resets its connection is gone like any other; a stream's trouble is its own. */
  @Override
  public void exceptionCaught(ChannelHandlerContext at, Throwable cause) {
    if (cause instanceof Http2FrameStreamException) {
      at.fireExceptionCaught(cause);
    } else if (!(cause
        instanceof Http2Exception)) { // after which the codec itself says why and closes
      at.close();
    }
  }
}
