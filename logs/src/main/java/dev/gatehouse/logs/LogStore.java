package dev.gatehouse.logs;

import dev.gatehouse.model.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;

/**
 * All logs of a server. {@link #write} returns at once from any thread; everything else is plain
 * blocking code.
 */
public final class LogStore implements LogSink, AutoCloseable {
  private static final long CLOSE_MILLIS = 10_000;
  private static final int MAX_MESSAGE = 256 * 1024;

  /**
   * How much is kept.
   *
   * @param queued characters that wait to be written
   * @param fileBytes size at which a stream's file becomes the older one, of which there is one
   * @param open files open at a time
   * @param streams of one group; the oldest are deleted for new ones
   */
  public record Bounds(long queued, long fileBytes, int open, int streams) {
    /** What holds where nothing is said. */
    public static final Bounds DEFAULT = new Bounds(16L << 20, 64L << 20, 64, 1_000);
  }

  private final LogQueue queue;
  private final LogWriter writer;
  private final LogGroups groups;
  private final Layout layout;
  private final ReadWriteLock moving = new ReentrantReadWriteLock();
  private final Thread thread;

  /**
   * @param root the directory of all logs
   * @param nanos nanoseconds of any origin, never going back
   */
  public LogStore(Path root, Bounds bounds, InstantSource clock, LongSupplier nanos) {
    this.layout = new Layout(root);
    this.queue = new LogQueue(bounds.queued());
    this.writer = new LogWriter(layout, bounds, queue, moving.writeLock(), clock, nanos);
    this.groups = new LogGroups(layout, writer);
    this.thread = Thread.ofPlatform().name("logs").daemon().unstarted(writer);
  }

  /** Begins to write. */
  public void start() {
    thread.start();
  }

  @Override
  public boolean write(LogName name, long millis, String message) {
    int end = message.endsWith("\n") ? message.length() - 1 : message.length();
    String kept = message.substring(0, Math.min(end, MAX_MESSAGE));
    return queue.offer(new LogQueue.Event(name, millis, kept));
  }

  @Override
  public boolean pressed() {
    return queue.pressed();
  }

  /** Calls back, on any thread, once there is room again: at once where there is. */
  public void whenRoom(Runnable resumed) {
    queue.whenRoom(resumed);
  }

  /** Characters that wait to be written. */
  public long queued() {
    return queue.queued();
  }

  /** How many events have been dropped since the start. */
  public long dropped() {
    return writer.dropped();
  }

  /** Returns once everything that was written before can be read. */
  public void settle() {
    ordered(() -> Optional.empty());
  }

  /** The groups of a scope by name. */
  public List<LogGroup> groups(Scope scope) {
    return unchecked(() -> groups.all(scope));
  }

  /** A group, if there is one. */
  public Optional<LogGroup> group(Scope scope, String name) {
    return unchecked(() -> groups.find(scope, name));
  }

  /** Begins a group; false where there is one. */
  public boolean create(LogGroup group, Scope scope) {
    return ordered(() -> groups.create(scope, group));
  }

  /** Changes what is kept of a group besides its streams; false where there is none. */
  public boolean update(LogGroup group, Scope scope) {
    return ordered(() -> groups.update(scope, group));
  }

  /** Deletes a group with its streams; false where there is none. */
  public boolean delete(Scope scope, String group) {
    return ordered(() -> groups.delete(scope, group));
  }

  /** The streams of a group by name. */
  public List<LogName> streams(Scope scope, String group) {
    return unchecked(() -> groups.streams(scope, group));
  }

  /** Begins a stream; false where there is one. */
  public boolean create(LogName stream) {
    return ordered(() -> groups.create(stream));
  }

  /** Deletes a stream; false where there is none. */
  public boolean delete(LogName stream) {
    return ordered(() -> groups.delete(stream));
  }

  /** Opens a stream to read; one that does not exist has no events. */
  public StreamEvents open(LogName stream) {
    moving.readLock().lock();
    try {
      return unchecked(() -> StreamEvents.open(layout.file(stream)));
    } finally {
      moving.readLock().unlock();
    }
  }

  /** Does what only the writer may, after what was written before. */
  private <T> T ordered(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    boolean taken =
        queue.order(() -> {
          try {
            result.complete(work.call());
          } catch (Exception failed) {
            result.completeExceptionally(failed);
          }
        });
    if (!taken) {
      throw new IllegalStateException("the logs are closed");
    }
    try {
      return result.join();
    } catch (CompletionException failed) {
      throw new UncheckedIOException(new IOException(failed.getCause()));
    }
  }

  private static <T> T unchecked(Callable<T> work) {
    try {
      return work.call();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (RuntimeException failed) {
      throw failed;
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Writes what waits, and stops. Blocks, but not for ever on a disk that hangs. */
  @Override
  public void close() throws InterruptedException {
    queue.close();
    thread.join(CLOSE_MILLIS);
    queue.relieve();
  }
}
