package dev.gatehouse.gateway.net;

import io.netty.channel.EventLoop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of bodies the whole process may hold. A body is granted all it can need before any
 * of it is read, so bodies that wait hold nothing and cannot block each other.
 *
 * <p>Lock-free; safe for all event loops.
 */
public final class ByteBudget {
  private record Waiting(long bytes, EventLoop loop, Runnable granted) {}

  private final long all;
  private final AtomicLong available;
  private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();

  public ByteBudget(long bytes) {
    this.all = bytes;
    this.available = new AtomicLong(bytes);
  }

  /** As many bytes, or all that there are: more could never be granted. */
  public long most(long bytes) {
    return Math.min(bytes, all);
  }

  /** Calls back on the event loop once the bytes are granted: at once where there is room. */
  public void acquire(long bytes, EventLoop loop, Runnable granted) {
    if (queue.isEmpty() && take(bytes)) {
      granted.run();
      return;
    }
    queue.add(new Waiting(bytes, loop, granted));
    serve();
  }

  /** Grants the bytes now or not at all. */
  public boolean tryAcquire(long bytes) {
    return queue.isEmpty() && take(bytes);
  }

  /** Gives bytes back. */
  public void release(long bytes) {
    available.addAndGet(bytes);
    serve();
  }

  /** Bytes that nobody holds. */
  public long available() {
    return available.get();
  }

  private boolean take(long bytes) {
    long at = available.get();
    while (at >= bytes) {
      if (available.compareAndSet(at, at - bytes)) {
        return true;
      }
      at = available.get();
    }
    return false;
  }

  private void serve() {
    for (Waiting next = queue.peek(); next != null && take(next.bytes()); next = queue.peek()) {
      if (queue.remove(next)) {
        next.loop().execute(next.granted());
      } else {
        available.addAndGet(next.bytes()); // another thread served it
      }
    }
  }
}
