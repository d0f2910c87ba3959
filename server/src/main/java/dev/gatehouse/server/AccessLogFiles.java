package dev.gatehouse.server;

import dev.gatehouse.gateway.spi.AccessLog;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Access logs in files, one a log group. Event loops only put a line into a queue; one thread
 * writes what has gathered, some milliseconds' worth at a time. The queue holds a bounded number of
 * characters: beyond it lines are dropped and counted, and so are those that a disk does not take.
 */
final class AccessLogFiles implements AccessLog, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLogFiles.class);
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long CLOSE_MILLIS = 10_000;
  private static final int LINE_OVERHEAD = 64;
  private static final int BATCH = 8_192;

  /**
   * How much is kept.
   *
   * @param queued characters that wait to be written
   * @param fileBytes size at which a file becomes the older one, of which there is one
   * @param open files open at a time
   */
  record Bounds(long queued, long fileBytes, int open) {
    static final Bounds DEFAULT = new Bounds(16L << 20, 64L << 20, 64);
  }

  private record Line(String destination, String text) {
    int weight() {
      return text.length() + LINE_OVERHEAD;
    }
  }

  private final Path root;
  private final Bounds bounds;
  private final LongSupplier nanos;
  private final ConcurrentLinkedQueue<Line> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong queued = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicBoolean idle = new AtomicBoolean();
  private final Map<String, LogFile> files = new LinkedHashMap<>(16, 0.75f, true);
  private final Thread writer;
  private volatile boolean closed;
  private volatile String lastFailure = "they came faster than they could be written";
  private long reported;

  AccessLogFiles(Path root, Bounds bounds, LongSupplier nanos) {
    this.root = root;
    this.bounds = bounds;
    this.nanos = nanos;
    this.reported = nanos.getAsLong() - REPORT_NANOS;
    this.writer = Thread.ofPlatform().name("access-log").daemon().unstarted(this::run);
  }

  /** Begins to write. */
  void start() {
    writer.start();
  }

  @Override
  public void write(String destination, String text) {
    Line line = new Line(destination, text);
    if (queued.addAndGet(line.weight()) > bounds.queued() || closed) {
      queued.addAndGet(-line.weight());
      dropped.incrementAndGet();
      return;
    }
    queue.add(line);
    if (idle.get() && idle.compareAndSet(true, false)) {
      LockSupport.unpark(writer);
    }
  }

  /** How many lines were dropped and not reported yet. */
  long dropped() {
    return dropped.get();
  }

  private void run() {
    while (!closed) {
      int written = drain();
      report(REPORT_NANOS);
      if (written == 0) {
        await();
      } else if (written < BATCH) {
        LockSupport.parkNanos(GATHER_NANOS);
      }
    }
    while (drain() > 0) {
      // what came before the end
    }
    report(0);
    files.values().forEach(this::discard);
  }

  private void await() {
    idle.set(true);
    if (queue.isEmpty() && !closed) {
      LockSupport.park(this);
    }
    idle.set(false);
  }

  /** Writes a batch; the number of its lines. */
  private int drain() {
    int lines = 0;
    for (Line line = queue.poll(); line != null; line = lines < BATCH ? queue.poll() : null) {
      lines++;
      queued.addAndGet(-line.weight());
      append(line);
    }
    if (lines > 0) {
      new ArrayList<>(files.keySet()).forEach(this::flush);
    }
    return lines;
  }

  private void append(Line line) {
    try {
      LogFile file = files.get(line.destination());
      if (file == null) {
        makeRoom();
        file = new LogFile(LogGroup.file(root, line.destination()), bounds.fileBytes());
        files.put(line.destination(), file);
      }
      file.append(line.text());
    } catch (IOException failed) {
      lost(line.destination(), failed, 1);
    }
  }

  private void makeRoom() {
    List<String> oldestFirst = new ArrayList<>(files.keySet());
    for (int i = 0; i <= oldestFirst.size() - bounds.open(); i++) {
      flush(oldestFirst.get(i));
      LogFile closing = files.remove(oldestFirst.get(i));
      if (closing != null) {
        discard(closing);
      }
    }
  }

  private void flush(String destination) {
    LogFile file = files.get(destination);
    if (file == null) {
      return;
    }
    try {
      file.flush();
    } catch (IOException failed) {
      lost(destination, failed, 0);
    }
  }

  private void lost(String destination, IOException failed, int unopened) {
    LogFile file = files.remove(destination);
    dropped.addAndGet(file == null ? unopened : file.unflushed());
    lastFailure = failed.toString();
    if (file != null) {
      discard(file);
    }
  }

  private void discard(Closeable file) {
    try {
      file.close();
    } catch (IOException failed) {
      lastFailure = failed.toString();
    }
  }

  private void report(long every) {
    long now = nanos.getAsLong();
    if (dropped.get() > 0 && now - reported >= every) {
      reported = now;
      LOG.warn("{} lines of access logs were dropped: {}", dropped.getAndSet(0), lastFailure);
    }
  }

  /** Writes what waits, and stops. Blocks, but not for ever on a disk that hangs. */
  @Override
  public void close() throws InterruptedException {
    closed = true;
    LockSupport.unpark(writer);
    writer.join(CLOSE_MILLIS);
  }
}
