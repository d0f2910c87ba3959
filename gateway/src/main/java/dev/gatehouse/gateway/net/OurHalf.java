package dev.gatehouse.gateway.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;

/** Says that nothing more comes from us, so that what was said reaches a client still sending. */
@SuppressWarnings("FutureReturnValueIgnored") // failed writes close the channel
public final class OurHalf {
  private OurHalf() {}

  /** Ends our half of a socket, a TLS connection or a stream. */
  public static void end(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound();
    } else if (channel instanceof DuplexChannel duplex) {
      duplex.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    } else {
      channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }
  }
}
