package dev.gatehouse.gateway.net;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The event loops of the data plane: one a core, on epoll where the system has it. */
public final class EventLoops implements AutoCloseable {
  private final EventLoopGroup group;
  private final IdentityHashMap<EventLoop, Worker> workers = new IdentityHashMap<>();
  private final boolean epoll = Epoll.isAvailable();

  /**
   * @param count how many loops
   * @param nanos nanoseconds of any origin, never going back
   */
  public EventLoops(int count, InstantSource clock, LongSupplier nanos) {
    IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    this.group =
        new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("gateway", true), io);
    for (EventExecutor executor : group) {
      EventLoop loop = (EventLoop) executor;
      workers.put(loop, new Worker(loop, workers.size(), clock, nanos));
    }
  }

  EventLoopGroup group() {
    return group;
  }

  Worker worker(EventLoop loop) {
    return Objects.requireNonNull(workers.get(loop));
  }

  /** One worker a loop. */
  public List<Worker> workers() {
    return new ArrayList<>(workers.values());
  }

  Class<? extends ServerChannel> serverChannel() {
    return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  /** The channel type for connections to upstreams. */
  public Class<? extends SocketChannel> clientChannel() {
    return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  /** Ends the loops. Blocks until they have. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
