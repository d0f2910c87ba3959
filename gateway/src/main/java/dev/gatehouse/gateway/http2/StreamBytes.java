package dev.gatehouse.gateway.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Makes a stream that a client has asked a WebSocket of look like a socket: DATA frames are bytes,
 * and the end of a stream is the end of a TCP connection's half (RFC 8441, section 5).
 */
@SuppressWarnings("FutureReturnValueIgnored") // failed writes close the channel
final class StreamBytes extends ChannelDuplexHandler {

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    switch (message) {
      case Http2DataFrame data -> {
        context.fireChannelRead(data.content()); // and the frame's reference with it
        if (data.isEndStream()) {
          ended(context);
        }
      }
      case Http2HeadersFrame trailers -> ended(context);
      default -> ReferenceCountUtil.release(message);
    }
  }

  /** What we have said already still goes out. */
  private static void ended(ChannelHandlerContext context) {
    context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    if (context.channel().isActive()) {
      context
          .writeAndFlush(new DefaultHttp2DataFrame(true))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf bytes) {
      context.write(new DefaultHttp2DataFrame(bytes), promise);
    } else if (message instanceof LastHttpContent) {
      context.write(new DefaultHttp2DataFrame(true), promise);
    } else {
      context.write(message, promise);
    }
  }
}
