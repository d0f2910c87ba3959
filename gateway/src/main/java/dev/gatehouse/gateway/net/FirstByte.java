package dev.gatehouse.gateway.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SniHandler;

/**
 * Tells TLS from clear text, which share the listener, by a connection's first byte: a TLS record
 * of a handshake starts with 22, which no request does. Then it is out of the way.
 */
final class FirstByte extends ChannelInboundHandlerAdapter {
  private static final int HANDSHAKE = 22;
  private static final int MOST_HELLO_BYTES = 16 * 1024;
  private static final long HANDSHAKE_MILLIS = 10_000;

  private final TlsContexts contexts;

  FirstByte(TlsContexts contexts) {
    this.contexts = contexts;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (bytes.isReadable() && bytes.getUnsignedByte(bytes.readerIndex()) == HANDSHAKE) {
      SniHandler tls = new SniHandler(contexts, MOST_HELLO_BYTES, HANDSHAKE_MILLIS);
      context.pipeline().addAfter(context.name(), null, tls);
    }
    context.fireChannelRead(message);
    context.pipeline().remove(this);
  }
}
