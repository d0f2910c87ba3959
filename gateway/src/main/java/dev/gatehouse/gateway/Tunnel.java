package dev.gatehouse.gateway;

import dev.gatehouse.gateway.net.Deadlines;
import dev.gatehouse.gateway.upstream.UpstreamConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A client and a backend that speak WebSocket to each other: bytes go both ways as they come, each
 * side slowing the other down. Where one ends, the other does; so do both when neither says
 * anything for as long as AWS keeps a silent WebSocket (websocket-api.md: 10 minutes).
 */
@SuppressWarnings("FutureReturnValueIgnored") // failed writes close the channel
final class Tunnel extends Deadlines.Timed {
  private static final long SILENCE_MILLIS = 600_000;

  private final Exchange exchange;
  private final Side client = new Side();
  private final Side backend = new Side();
  private boolean over;

  private Tunnel(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Lets a client and a backend speak to each other, behind the backend's answer. */
  static void open(Exchange exchange, UpstreamConnection connection, HttpResponse response) {
    Tunnel tunnel = new Tunnel(exchange);
    connection.switchProtocol(
        tunnel.backend,
        () -> {
          exchange.switchProtocol(response, tunnel.client);
          tunnel.heard();
        });
  }

  private void heard() {
    if (!over) {
      exchange.worker().connectionDeadlines().set(this, SILENCE_MILLIS);
    }
  }

  @Override
  protected void expired() {
    client.context().close();
    backend.context().close();
  }

  private void ended() {
    if (!over) {
      over = true;
      exchange.worker().connectionDeadlines().clear(this);
      exchange.tunnelled();
    }
  }

  /** One end. */
  final class Side extends ChannelInboundHandlerAdapter {
    private @Nullable ChannelHandlerContext context;

    private ChannelHandlerContext context() {
      return Objects.requireNonNull(context);
    }

    private Side other() {
      return this == client ? backend : client;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
      context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
      if (!(message instanceof ByteBuf bytes)) { // the end of the request or answer before
        ReferenceCountUtil.release(message);
        return;
      }
      if (this == client) {
        exchange.timeline().received(bytes.readableBytes());
      } else {
        exchange.timeline().sent(bytes.readableBytes());
      }
      heard();
      ChannelHandlerContext to = other().context();
      to.write(bytes, to.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext from) {
      other().context().flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext at) {
      other().context().channel().config().setAutoRead(at.channel().isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext gone) {
      ended();
      other()
          .context()
          .writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext at, Throwable cause) {
      at.close();
    }
  }
}
