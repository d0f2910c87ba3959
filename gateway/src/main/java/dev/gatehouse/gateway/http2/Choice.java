package dev.gatehouse.gateway.http2;

import dev.gatehouse.gateway.net.ClientConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.List;

/**
 * Finds out whether a client speaks HTTP/2: what TLS agreed on says so, or, in clear text, the
 * first bytes (RFC 9113, section 3.3). Then it is out of the way.
 */
final class Choice extends ByteToMessageDecoder {
  private final Http2 http2;
  private final ClientConnection first;

  Choice(Http2 http2, ClientConnection first) {
    this.http2 = http2;
    this.first = first;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    context.fireUserEventTriggered(event);
    if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
      SslHandler tls = context.pipeline().get(SslHandler.class);
      choose(context, ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol()));
    }
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) {
    ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();
    int length = Math.min(bytes.readableBytes(), preface.readableBytes());
    boolean begins =
        ByteBufUtil.equals(bytes, bytes.readerIndex(), preface, preface.readerIndex(), length);
    if (!begins) {
      choose(context, false);
    } else if (length == preface.readableBytes()) {
      choose(context, true);
    }
  }

  /** What came already goes to whoever is next. */
  private void choose(ChannelHandlerContext context, boolean second) {
    if (second) {
      http2.begin(first);
    }
    context.pipeline().remove(this);
  }
}
