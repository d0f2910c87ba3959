package dev.gatehouse.gateway.upstream;

import dev.gatehouse.gateway.net.Worker;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop to every backend. A free one is taken newest first, so that the
 * others can grow old and be closed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // listeners see every outcome
public final class Upstreams {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int HEADER_BYTES = 64 * 1024;
  private static final int CHUNK_BYTES = 64 * 1024;
  private static final long IDLE_MILLIS = 55_000;
  private static final int FREE_PER_ORIGIN = 256;

  private final Worker worker;
  private final Resolver resolver;
  private final SslContext tls;
  private final Predicate<InetSocketAddress> allowed;
  private final Bootstrap bootstrap;
  private final Map<Origin, ArrayDeque<UpstreamConnection>> free = new HashMap<>();

  /**
   * @param allowed which addresses may be connected to
   */
  public Upstreams(
      Worker worker,
      Class<? extends SocketChannel> channel,
      Resolver resolver,
      SslContext tls,
      Predicate<InetSocketAddress> allowed) {
    this.worker = worker;
    this.resolver = resolver;
    this.tls = tls;
    this.allowed = allowed;
    this.bootstrap =
        new Bootstrap()
            .group(worker.loop())
            .channel(channel)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS);
  }

  /** Gives the listener a free connection at once, or a new one as soon as there is one. */
  public void acquire(Origin origin, UpstreamListener listener) {
    ArrayDeque<UpstreamConnection> idle = free.get(origin);
    for (UpstreamConnection at = poll(idle); at != null; at = poll(idle)) {
      worker.connectionDeadlines().clear(at.idle());
      if (at.alive()) {
        at.occupy(listener);
        listener.connected(at);
        return;
      }
    }
    connect(origin, listener);
  }

  /** Gives the listener a connection that no request has used yet. */
  public void connect(Origin origin, UpstreamListener listener) {
    resolver.resolve(
        origin.host(), worker.loop(), addresses -> connect(origin, addresses, 0, listener));
  }

  private static @Nullable UpstreamConnection poll(@Nullable ArrayDeque<UpstreamConnection> idle) {
    return idle == null ? null : idle.pollLast();
  }

  private void connect(
      Origin origin, List<InetAddress> addresses, int index, UpstreamListener listener) {
    if (index == addresses.size()) {
      listener.failed(UpstreamListener.Failure.UNREACHABLE);
      return;
    }
    InetSocketAddress address = new InetSocketAddress(addresses.get(index), origin.port());
    if (!allowed.test(address)) {
      connect(origin, addresses, index + 1, listener);
      return;
    }
    UpstreamConnection connection = new UpstreamConnection(origin, this);
    bootstrap
        .clone()
        .handler(pipeline(origin, connection))
        .connect(address)
        .addListener(done -> {
          if (!done.isSuccess()) {
            connect(origin, addresses, index + 1, listener);
          } else if (origin.secure()) {
            afterHandshake(connection, listener);
          } else {
            hand(connection, listener);
          }
        });
  }

  private ChannelInitializer<Channel> pipeline(Origin origin, UpstreamConnection connection) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        if (origin.secure()) {
          SslHandler handler = tls.newHandler(channel.alloc(), origin.host(), origin.port());
          channel.pipeline().addLast(handler);
        }
        HttpDecoderConfig config =
            new HttpDecoderConfig()
                .setMaxHeaderSize(HEADER_BYTES)
                .setMaxChunkSize(CHUNK_BYTES)
                .setAllowDuplicateContentLengths(false);
        channel.pipeline().addLast(new HttpClientCodec(config, false, false), connection);
      }
    };
  }

  private static void afterHandshake(UpstreamConnection connection, UpstreamListener listener) {
    connection
        .handshake()
        .addListener(done -> {
          if (done.isSuccess()) {
            hand(connection, listener);
          } else {
            connection.close();
            listener.failed(UpstreamListener.Failure.UNTRUSTED);
          }
        });
  }

  private static void hand(UpstreamConnection connection, UpstreamListener listener) {
    connection.occupy(listener);
    listener.connected(connection);
  }

  /** Keeps a connection for the next request. */
  void park(UpstreamConnection connection) {
    ArrayDeque<UpstreamConnection> idle =
        free.computeIfAbsent(connection.origin(), origin -> new ArrayDeque<>());
    if (idle.size() >= FREE_PER_ORIGIN) {
      connection.close();
      return;
    }
    idle.addLast(connection);
    worker.connectionDeadlines().set(connection.idle(), IDLE_MILLIS);
  }

  /** A connection has ended. */
  void forget(UpstreamConnection connection) {
    worker.connectionDeadlines().clear(connection.idle());
    ArrayDeque<UpstreamConnection> idle = free.get(connection.origin());
    if (idle != null && idle.remove(connection) && idle.isEmpty()) {
      free.remove(connection.origin());
    }
  }
}
