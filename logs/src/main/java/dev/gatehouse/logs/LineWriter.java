package dev.gatehouse.logs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes the messages of events as lines to one stream, such as standard output. Bounded as {@link
 * LogStore} is: what a slow reader does not take is dropped and counted.
 */
public final class LineWriter implements LogSink, AutoCloseable {
  private static final long GATHER_NANOS = 10_000_000;
  private static final long CLOSE_MILLIS = 5_000;

  private final OutputStream out;
  private final LogQueue queue;
  private final AtomicLong lost = new AtomicLong();
  private final Thread thread;

  /**
   * @param queued characters that may wait to be written
   */
  public LineWriter(OutputStream out, long queued) {
    this.out = out;
    this.queue = new LogQueue(queued);
    this.thread = Thread.ofPlatform().name("log-lines").daemon().unstarted(this::run);
  }

  /** Begins to write. */
  public void start() {
    thread.start();
  }

  @Override
  public boolean write(LogName name, long millis, String message) {
    return queue.offer(new LogQueue.Event(name, millis, message));
  }

  @Override
  public boolean pressed() {
    return queue.pressed();
  }

  /** Calls back, on any thread, once there is room again: at once where there is. */
  public void whenRoom(Runnable resumed) {
    queue.whenRoom(resumed);
  }

  /** How many events have been dropped since the start. */
  public long dropped() {
    return queue.refused() + lost.get();
  }

  private void run() {
    while (!queue.closed()) {
      if (drain() == 0) {
        queue.await();
      } else {
        LockSupport.parkNanos(GATHER_NANOS);
      }
    }
    while (drain() > 0) {
      // what came before the end
    }
  }

  private int drain() {
    int done = 0;
    StringBuilder lines = new StringBuilder();
    LogQueue.Item item = queue.poll();
    while (item instanceof LogQueue.Event event) {
      lines.append(event.message()).append('\n');
      done++;
      item = lines.length() < 1 << 16 ? queue.poll() : null;
    }
    try {
      out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException closed) {
      lost.addAndGet(done);
    }
    queue.relieve();
    return done;
  }

  /** Writes what waits, and stops. */
  @Override
  public void close() throws InterruptedException {
    queue.close();
    thread.join(CLOSE_MILLIS);
    queue.relieve();
  }
}
