package dev.gatehouse.logs;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What waits to be written: a bounded number of characters. Lock-free; for all threads. */
final class LogQueue {
  private static final int OVERHEAD = 128;

  /** What the writer does next. */
  sealed interface Item {}

  /** An event to write. */
  record Event(LogName name, long millis, String message) implements Item {
    int weight() {
      return message.length() + OVERHEAD;
    }
  }

  /** Work that only the writer may do. */
  record Order(Runnable work) implements Item {}

  private final long bound;
  private final Queue<Item> items = new ConcurrentLinkedQueue<>();
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong queued = new AtomicLong();
  private final LongAdder refused = new LongAdder();
  private final AtomicBoolean idle = new AtomicBoolean();
  private volatile boolean closed;
  private volatile @Nullable Thread writer;

  LogQueue(long bound) {
    this.bound = bound;
  }

  boolean offer(Event event) {
    if (queued.addAndGet(event.weight()) > bound || closed) {
      queued.addAndGet(-event.weight());
      refused.increment();
      return false;
    }
    items.add(event);
    wake();
    return true;
  }

  /** Puts work behind what waits; false where the writer has ended. */
  boolean order(Runnable work) {
    if (closed) {
      return false;
    }
    items.add(new Order(work));
    wake();
    return true;
  }

  private void wake() {
    if (idle.get() && idle.compareAndSet(true, false)) {
      LockSupport.unpark(writer);
    }
  }

  @Nullable Item poll() {
    Item item = items.poll();
    if (item instanceof Event event) {
      queued.addAndGet(-event.weight());
    }
    return item;
  }

  /** Parks the writer until there is something. */
  void await() {
    writer = Thread.currentThread();
    idle.set(true);
    if (items.isEmpty() && !closed) {
      LockSupport.park(this);
    }
    idle.set(false);
  }

  /** Whether more waits than half of what may. */
  boolean pressed() {
    return queued.get() > bound / 2;
  }

  /** Calls back once there is room again: at once where there is. */
  void whenRoom(Runnable resumed) {
    waiting.add(resumed);
    relieve();
  }

  /** Calls those back who wait for room, where there is some. */
  void relieve() {
    if (waiting.isEmpty() || (pressed() && !closed)) {
      return;
    }
    for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
      next.run();
    }
  }

  /** Characters that wait. */
  long queued() {
    return queued.get();
  }

  /** How many events there was no room for. */
  long refused() {
    return refused.sum();
  }

  boolean closed() {
    return closed;
  }

  void close() {
    closed = true;
    LockSupport.unpark(writer);
  }
}
