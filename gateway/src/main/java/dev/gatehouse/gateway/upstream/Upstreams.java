package dev.gatehouse.gateway.upstream;

import dev.gatehouse.gateway.net.Worker;
import dev.gatehouse.gateway.upstream.UpstreamListener.Failure;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The connections of one event loop to every backend. */
public final class Upstreams {
  private final Worker worker;
  private final Resolver resolver;
  private final ClientTls tls;
  private final int connections;
  private final long idleMillis;
  private final long ageMillis;
  private final Connecting.Surroundings surroundings;
  private final Map<Origin, ConnectionPool> pools = new HashMap<>();

  /**
   * @param connections the most that this event loop may have to one backend
   * @param allowed which addresses may be connected to
   */
  public Upstreams(
      Worker worker,
      Class<? extends SocketChannel> channel,
      Resolver resolver,
      ClientTls tls,
      BackendOptions options,
      int connections,
      Predicate<InetSocketAddress> allowed) {
    this.worker = worker;
    this.resolver = resolver;
    this.tls = tls;
    this.connections = connections;
    this.idleMillis = options.idle().toMillis();
    this.ageMillis = options.age().toMillis();
    Bootstrap bootstrap =
        new Bootstrap()
            .group(worker.loop())
            .channel(channel)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                Math.toIntExact(options.connect().toMillis()));
    this.surroundings = new Connecting.Surroundings(bootstrap, options.connect(), allowed);
  }

  /** What belongs to the event loop. */
  Worker worker() {
    return worker;
  }

  /**
   * Gives the listener a free connection at once, or a new one as soon as there is one; in its turn
   * where there are as many as there may be.
   */
  public void acquire(Origin origin, UpstreamListener listener) {
    ConnectionPool pool = pools.computeIfAbsent(origin, at -> new ConnectionPool());
    for (UpstreamConnection at = pool.takeFree(); at != null; at = pool.takeFree()) {
      worker.connectionDeadlines().clear(at.idle());
      if (at.alive()) {
        hand(at, listener);
        return;
      }
    }
    if (pool.open() < connections) {
      connect(origin, listener);
    } else if (!pool.line(listener)) {
      listener.failed(Failure.UNREACHABLE);
    }
  }

  /** Gives the listener a connection that no request has used yet. */
  public void connect(Origin origin, UpstreamListener listener) {
    pools.computeIfAbsent(origin, at -> new ConnectionPool()).opened();
    resolver.resolve(
        origin.host(),
        worker.loop(),
        addresses -> {
          Connecting connecting = new Connecting(this, origin, surroundings, rotated(addresses));
          Connecting.Outcome outcome = outcome(origin, listener);
          if (origin.secure()) {
            tls.with(worker.loop(), context -> connecting.start(context, 0, outcome));
          } else {
            connecting.start(null, 0, outcome);
          }
        });
  }

  /** The listener does not want a connection any more, if it still waits for one. */
  public void withdraw(Origin origin, UpstreamListener listener) {
    ConnectionPool pool = pools.get(origin);
    if (pool != null) {
      pool.leave(listener);
    }
  }

  private Connecting.Outcome outcome(Origin origin, UpstreamListener listener) {
    return new Connecting.Outcome() {
      @Override
      public void connected(UpstreamConnection connection) {
        hand(connection, listener);
      }

      @Override
      public void failed(Failure failure) {
        closed(origin);
        listener.failed(failure);
      }
    };
  }

  /**
   * The addresses of a name take turns, but only those of one family: where the second family is
   * there at all, it is the one to fall back on.
   */
  private List<InetAddress> rotated(List<InetAddress> addresses) {
    int same = 0;
    while (same < addresses.size()
        && addresses.get(same).getClass() == addresses.getFirst().getClass()) {
      same++;
    }
    if (same < 2) {
      return addresses;
    }
    int first = Math.floorMod(worker.randomBits(), same);
    List<InetAddress> turned = new ArrayList<>(addresses.subList(first, same));
    turned.addAll(addresses.subList(0, first));
    turned.addAll(addresses.subList(same, addresses.size()));
    return turned;
  }

  private static void hand(UpstreamConnection connection, UpstreamListener listener) {
    connection.occupy(listener);
    listener.connected(connection);
  }

  /** Gives a connection to who is first in line, or keeps it for the next request. */
  void park(UpstreamConnection connection) {
    ConnectionPool pool = pool(connection.origin());
    long idle = connection.idleMillis(idleMillis);
    if (idle <= 0 || connection.ageMillis() >= ageMillis) {
      connection.close();
      return;
    }
    UpstreamListener next = pool.next();
    if (next != null) {
      hand(connection, next);
    } else if (pool.keep(connection)) {
      worker.connectionDeadlines().set(connection.idle(), idle);
    } else {
      connection.close();
    }
  }

  private ConnectionPool pool(Origin origin) {
    return pools.computeIfAbsent(origin, at -> new ConnectionPool());
  }

  /** Event loop: connections there are. */
  public int open() {
    return pools.values().stream().mapToInt(ConnectionPool::open).sum();
  }

  /** Event loop: connections that wait for a request. */
  public int idle() {
    return pools.values().stream().mapToInt(ConnectionPool::idle).sum();
  }

  /** Event loop: requests that wait for a connection. */
  public int waiting() {
    return pools.values().stream().mapToInt(ConnectionPool::waiting).sum();
  }

  /** A connection has ended. */
  void forget(UpstreamConnection connection) {
    worker.connectionDeadlines().clear(connection.idle());
    pool(connection.origin()).forget(connection);
    if (connection.given()) { // else whoever waited for it is told, and it is counted there
      closed(connection.origin());
    }
  }

  private void closed(Origin origin) {
    ConnectionPool pool = pool(origin);
    pool.closed();
    UpstreamListener next = pool.open() < connections ? pool.next() : null;
    if (next != null) {
      connect(origin, next);
    } else if (pool.unused()) {
      pools.remove(origin);
    }
  }
}
