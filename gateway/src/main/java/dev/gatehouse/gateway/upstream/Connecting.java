package dev.gatehouse.gateway.upstream;

import dev.gatehouse.gateway.upstream.UpstreamListener.Failure;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * One new connection on its way: to the first address of a name that may be connected to and can
 * be.
 */
@SuppressWarnings("FutureReturnValueIgnored") // listeners see every outcome
final class Connecting {
  private final Upstreams upstreams;
  private final Origin origin;
  private final Surroundings surroundings;
  private final List<InetAddress> addresses;
  private boolean forbidden;

  /** What every new connection of an event loop needs. */
  record Surroundings(
      Bootstrap bootstrap, Duration patience, Predicate<InetSocketAddress> allowed) {}

  /** Is told what became of it. */
  interface Outcome {
    void connected(UpstreamConnection connection);

    void failed(Failure failure);
  }

  Connecting(
      Upstreams upstreams, Origin origin, Surroundings surroundings, List<InetAddress> addresses) {
    this.upstreams = upstreams;
    this.origin = origin;
    this.surroundings = surroundings;
    this.addresses = addresses;
  }

  /**
   * Connects.
   *
   * @param tls null where none is spoken
   * @param index of the address to begin with
   */
  void start(@Nullable SslContext tls, int index, Outcome outcome) {
    if (index == addresses.size()) {
      outcome.failed(forbidden ? Failure.FORBIDDEN : Failure.UNREACHABLE);
      return;
    }
    InetSocketAddress address = new InetSocketAddress(addresses.get(index), origin.port());
    if (!surroundings.allowed().test(address)) {
      forbidden = true;
      start(tls, index + 1, outcome);
      return;
    }
    UpstreamConnection connection = new UpstreamConnection(origin, upstreams);
    surroundings
        .bootstrap()
        .clone()
        .handler(pipeline(tls, connection))
        .connect(address)
        .addListener(done -> {
          if (!done.isSuccess()) {
            start(tls, index + 1, outcome);
          } else if (tls == null) {
            outcome.connected(connection);
          } else {
            afterHandshake(connection, outcome);
          }
        });
  }

  private ChannelInitializer<Channel> pipeline(
      @Nullable SslContext tls, UpstreamConnection connection) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        if (tls != null) {
          channel.pipeline().addLast(handler(tls, channel));
        }
        connection.addTo(channel.pipeline());
      }
    };
  }

  private SslHandler handler(SslContext tls, Channel channel) {
    String name = origin.serverName();
    SslHandler handler = tls.newHandler(channel.alloc(), name, origin.port());
    handler.setHandshakeTimeoutMillis(surroundings.patience().toMillis());
    if (!NetUtil.isValidIpV4Address(name) && !NetUtil.isValidIpV6Address(name)) {
      SSLParameters parameters = handler.engine().getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(name))); // the JDK leaves out short names
      handler.engine().setSSLParameters(parameters);
    }
    return handler;
  }

  private static void afterHandshake(UpstreamConnection connection, Outcome outcome) {
    connection
        .handshake()
        .addListener(done -> {
          if (done.isSuccess()) {
            outcome.connected(connection);
            return;
          }
          boolean ended = !connection.alive();
          connection.close();
          outcome.failed(failure(done.cause(), ended));
        });
  }

  /** A connection that ended, or did not go on, says nothing about whom it was to. */
  private static Failure failure(@Nullable Throwable cause, boolean ended) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof CertificateException) {
        return Failure.UNTRUSTED;
      }
      if (at instanceof io.netty.handler.ssl.SslHandshakeTimeoutException) {
        return Failure.UNREACHABLE;
      }
    }
    return ended ? Failure.UNREACHABLE : Failure.UNTRUSTED;
  }
}
