package dev.gatehouse.gateway.net;

import dev.gatehouse.gateway.spi.ServerCertificates;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A listening socket. */
public final class Listener implements AutoCloseable {
  private static final int BACKLOG = 1_024;

  private final Channel channel;
  private final Drain drain;
  private final @Nullable SecondProtocol second;

  private Listener(Channel channel, Drain drain, @Nullable SecondProtocol second) {
    this.channel = channel;
    this.drain = drain;
    this.second = second;
  }

  /**
   * Listens.
   *
   * @param certificates what TLS is spoken with, beside clear text; null where it is not spoken
   * @param second what is spoken beside HTTP/1.1; null where nothing is
   * @throws IOException when the address cannot be had
   */
  public static Listener bind(
      InetSocketAddress address,
      EventLoops loops,
      Receivers receivers,
      @Nullable ServerCertificates certificates,
      @Nullable SecondProtocol second)
      throws IOException {
    Drain drain = new Drain();
    TlsContexts tls = certificates == null ? null : new TlsContexts(certificates, second);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops.group())
            .channel(loops.serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, false)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    Worker worker = loops.worker(channel.eventLoop());
                    ClientConnection connection =
                        new ClientConnection(worker, receivers, drain, new ServerCodec(worker));
                    if (tls != null) {
                      channel.pipeline().addLast(new FirstByte(tls));
                    }
                    if (second != null) {
                      channel.pipeline().addLast(second.choice(connection));
                    }
                    connection.addTo(channel.pipeline());
                  }
                });
    var bound = bootstrap.bind(address).awaitUninterruptibly();
    @Nullable Throwable cause = bound.cause();
    if (cause != null) {
      throw new IOException("cannot listen on " + address + ": " + cause.getMessage(), cause);
    }
    return new Listener(bound.channel(), drain, second);
  }

  /** The address listened on, with the port that was given where 0 was asked for. */
  public InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  /** Connections that are open. */
  public int clients() {
    return drain.open();
  }

  /** Begins to accept; who has connected before has waited. */
  public void open() {
    channel.config().setAutoRead(true);
  }

  /** Accepts no more, then lets what is under way end, for at most the given time. Blocks. */
  public void drain(Duration patience) {
    channel.close().awaitUninterruptibly();
    if (second != null) {
      second.drain();
    }
    drain.drain(patience);
  }

  @Override
  public void close() {
    drain(Duration.ZERO);
  }
}
