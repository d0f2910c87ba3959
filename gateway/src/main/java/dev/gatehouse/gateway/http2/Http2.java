package dev.gatehouse.gateway.http2;

import dev.gatehouse.gateway.net.ClientConnection;
import dev.gatehouse.gateway.net.SecondProtocol;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** HTTP/2, with its bounds: what a client may open, send ahead, reset and have us remember. */
public final class Http2 implements SecondProtocol {
  /** As AWS's load balancers. */
  private static final int STREAMS = 128;

  /** What one stream may send before it is read. */
  private static final int STREAM_WINDOW = 65_535;

  /** What all streams of a connection may: many that wait do not keep the others waiting. */
  static final int CONNECTION_WINDOW = 1 << 20;

  /** Names and values, and 32 bytes a header (RFC 9113, section 6.5.2). */
  private static final int HEADERS_BYTES = 20 * 1024;

  /** Streams that a client may reset, and that we reset for it, in so many seconds. */
  private static final int RESETS = 200;

  private static final int RESETS_SECONDS = 30;
  private static final int SMALL_CONTINUATIONS = 16;
  private static final int EMPTY_DATA_FRAMES = 16;
  private static final int WAITING_CONTROL_FRAMES = 1_000;
  private static final long CLOSING_MILLIS = 2_000;
  private static final long TELLING_MILLIS = 1_000;

  private final Set<Carrier> open = ConcurrentHashMap.newKeySet();

  @Override
  public String name() {
    return ApplicationProtocolNames.HTTP_2;
  }

  @Override
  public ChannelHandler choice(ClientConnection first) {
    return new Choice(this, first);
  }

  /** The client speaks HTTP/2: streams take the place of its one connection. */
  void begin(ClientConnection first) {
    Carrier carrier = new Carrier(first.worker(), open);
    first.leaveTo(codec(), carrier, new Http2MultiplexHandler(streams(first, carrier)));
  }

  private static ChannelHandler streams(ClientConnection first, Carrier carrier) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel stream) {
        carrier.opened(stream);
        StreamFraming framing = new StreamFraming(first.worker());
        stream.pipeline().addLast(framing, first.onStream(framing));
      }
    };
  }

  private static Http2FrameCodec codec() {
    return Http2FrameCodecBuilder.forServer()
        .initialSettings(
            Http2Settings.defaultSettings()
                .maxConcurrentStreams(STREAMS)
                .initialWindowSize(STREAM_WINDOW)
                .maxHeaderListSize(HEADERS_BYTES)
                .connectProtocolEnabled(true))
        .validateHeaders(true)
        .decoderEnforceMaxRstFramesPerWindow(RESETS, RESETS_SECONDS)
        .encoderEnforceMaxRstFramesPerWindow(RESETS, RESETS_SECONDS)
        .decoderEnforceMaxSmallContinuationFrames(SMALL_CONTINUATIONS)
        .decoderEnforceMaxConsecutiveEmptyDataFrames(EMPTY_DATA_FRAMES)
        .encoderEnforceMaxQueuedControlFrames(WAITING_CONTROL_FRAMES)
        .gracefulShutdownTimeoutMillis(CLOSING_MILLIS)
        .build();
  }

  @Override
  public void drain() {
    List<Future<?>> told = new ArrayList<>();
    open.forEach(carrier -> told.add(carrier.drain()));
    told.forEach(one -> one.awaitUninterruptibly(TELLING_MILLIS));
  }
}
