package dev.gatehouse.gateway.websocket;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of HTTP/2 in clear text, on Netty's client codec. */
final class StreamClient implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 15;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final CompletableFuture<Http2Settings> settings = new CompletableFuture<>();
  private final CompletableFuture<Long> goAway = new CompletableFuture<>();
  private final Channel channel;

  StreamClient(InetSocketAddress address) throws Exception {
    channel =
        new Bootstrap()
            .group(group)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel made) {
                    made.pipeline()
                        .addLast(
                            Http2FrameCodecBuilder.forClient().build(),
                            new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()),
                            new Connection());
                  }
                })
            .connect(address)
            .sync()
            .channel();
  }

  /** What concerns the whole connection. */
  private final class Connection extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof Http2SettingsFrame frame) {
        settings.complete(frame.settings());
      } else if (message instanceof Http2GoAwayFrame frame) {
        goAway.complete(frame.errorCode());
      }
      ReferenceCountUtil.release(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      IllegalStateException closed = new IllegalStateException("closed without a word");
      goAway.completeExceptionally(closed);
      settings.completeExceptionally(closed);
    }
  }

  /** What the server allows. */
  Http2Settings settings() throws Exception {
    return settings.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Whether the server turned out to speak something else, waiting for it. */
  boolean misunderstood() throws Exception {
    try {
      settings();
      return false;
    } catch (ExecutionException closed) {
      return true;
    }
  }

  /** Why the server takes no more streams, waiting for it. */
  long goAway() throws Exception {
    return goAway.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Whether the server ended the connection, and gave no other reason than too many resets. */
  boolean sentAway() throws Exception {
    try {
      return goAway() == Http2Error.ENHANCE_YOUR_CALM.code();
    } catch (ExecutionException cut) {
      return true; // what was still on its way to it took the reason with it
    }
  }

  /** The head of a request for a WebSocket. */
  static Http2Headers webSocket(String path) {
    return new DefaultHttp2Headers()
        .method("CONNECT")
        .scheme("http")
        .authority(RunningSockets.HOST)
        .path(path)
        .set(":protocol", "websocket")
        .set("sec-websocket-version", "13");
  }

  /** The head of another request. */
  static Http2Headers request(String method, String path) {
    return new DefaultHttp2Headers()
        .method(method)
        .scheme("http")
        .authority(RunningSockets.HOST)
        .path(path);
  }

  /** A stream whose head was sent. */
  Stream open(Http2Headers head, boolean end) throws Exception {
    Stream stream = new Stream();
    Http2StreamChannel made =
        new Http2StreamChannelBootstrap(channel)
            .handler(stream)
            .open()
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    made.writeAndFlush(new DefaultHttp2HeadersFrame(head, end)).sync();
    stream.channel = made;
    return stream;
  }

  /** A stream; what comes waits until it is asked for. */
  static final class Stream extends ChannelInboundHandlerAdapter {
    private final CompletableFuture<Http2Headers> head = new CompletableFuture<>();
    private final BlockingQueue<byte[]> data = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private Http2StreamChannel channel;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof Http2HeadersFrame frame) {
        head.complete(frame.headers());
        ended(frame.isEndStream());
      } else if (message instanceof Http2DataFrame frame) {
        if (frame.content().isReadable()) {
          data.add(ByteBufUtil.getBytes(frame.content()));
        }
        ended(frame.isEndStream());
      }
      ReferenceCountUtil.release(message);
    }

    private void ended(boolean last) {
      if (last) {
        end.complete("ended");
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof Http2ResetFrame reset) {
        end.complete("reset " + Http2Error.valueOf(reset.errorCode()));
        head.completeExceptionally(new IllegalStateException("reset"));
      }
    }

    int status() throws Exception {
      Http2Headers answer = head.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return Integer.parseInt(answer.status().toString());
    }

    /** How the stream ended, waiting for it. */
    String end() throws Exception {
      return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void bytes(byte[] bytes) throws Exception {
      channel.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(bytes))).sync();
    }

    /** The bytes of the next DATA frame. */
    byte[] read() throws Exception {
      byte[] next = data.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing came");
      }
      return next;
    }

    void stopReading() {
      channel.config().setAutoRead(false);
    }

    /** Our half has ended. */
    void endOurs() throws Exception {
      channel.writeAndFlush(new DefaultHttp2DataFrame(true)).sync();
    }

    void reset() {
      channel.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
    }
  }

  @Override
  public void close() {
    channel.close().awaitUninterruptibly();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
