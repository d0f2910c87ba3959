package dev.gatehouse.logs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that writes events, some milliseconds' worth at a time. */
final class LogWriter implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(LogStore.class);
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int BATCH = 8_192;

  private final Layout layout;
  private final LogStore.Bounds bounds;
  private final LogQueue queue;
  private final Lock moving;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Map<LogName, LogFile> files = new LinkedHashMap<>(16, 0.75f, true);
  private final AtomicLong lost = new AtomicLong();
  private volatile String lastFailure = "they came faster than they could be written";
  private @Nullable LogName lastName;
  private @Nullable LogFile lastFile;
  private long told;
  private long reported;

  LogWriter(
      Layout layout,
      LogStore.Bounds bounds,
      LogQueue queue,
      Lock moving,
      InstantSource clock,
      LongSupplier nanos) {
    this.layout = layout;
    this.bounds = bounds;
    this.queue = queue;
    this.moving = moving;
    this.clock = clock;
    this.nanos = nanos;
    this.reported = nanos.getAsLong() - REPORT_NANOS;
  }

  @Override
  public void run() {
    while (!queue.closed()) {
      int done = drain();
      report(REPORT_NANOS);
      if (done == 0) {
        queue.await();
      } else if (done < BATCH) {
        LockSupport.parkNanos(GATHER_NANOS);
      }
    }
    while (drain() > 0) {
      // what came before the end
    }
    report(0);
    files.values().forEach(this::discard);
  }

  /** Writes a batch; how much it was. */
  private int drain() {
    int done = 0;
    long taken = clock.millis();
    LogQueue.Item item = queue.poll();
    while (item != null) {
      done++;
      switch (item) {
        case LogQueue.Event event -> append(event, taken);
        case LogQueue.Order(Runnable work) -> {
          flush();
          work.run();
        }
      }
      item = done < BATCH ? queue.poll() : null;
    }
    flush();
    queue.relieve();
    return done;
  }

  /** Most events are of the same stream as the one before. */
  private void append(LogQueue.Event event, long taken) {
    try {
      LogFile file = lastFile;
      if (file == null || !event.name().equals(lastName)) {
        file = open(event.name());
        lastFile = file;
        lastName = event.name();
      }
      file.append(event.millis(), taken, event.message());
    } catch (IOException failed) {
      lost(event.name(), failed, 1);
    }
  }

  private LogFile open(LogName name) throws IOException {
    LogFile file = files.get(name);
    if (file == null) {
      makeRoom();
      layout.noteNames(name);
      Path path = layout.file(name);
      if (Layout.isPlain(name)) {
        OldStreams.prune(path, bounds.streams());
      }
      file = new LogFile(path, bounds.fileBytes(), moving);
      files.put(name, file);
    }
    return file;
  }

  private void makeRoom() {
    List<LogName> oldestFirst = new ArrayList<>(files.keySet());
    for (int i = 0; i <= oldestFirst.size() - bounds.open(); i++) {
      close(oldestFirst.get(i));
    }
  }

  /** Lets go of a stream's file: it may be deleted then. */
  void close(LogName name) {
    flush(name);
    LogFile closing = files.remove(name);
    lastFile = null;
    if (closing != null) {
      discard(closing);
    }
  }

  /** The streams whose files are open. */
  List<LogName> open() {
    return new ArrayList<>(files.keySet());
  }

  private void flush() {
    open().forEach(this::flush);
  }

  private void flush(LogName name) {
    LogFile file = files.get(name);
    try {
      if (file != null) {
        file.flush();
      }
    } catch (IOException failed) {
      lost(name, failed, 0);
    }
  }

  private void lost(LogName name, IOException failed, int unopened) {
    LogFile file = files.remove(name);
    lastFile = null;
    lost.addAndGet(file == null ? unopened : file.unflushed());
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

  /** Events that were dropped for want of room or of a disk that takes them. */
  long dropped() {
    return lost.get() + queue.refused();
  }

  private void report(long every) {
    long now = nanos.getAsLong();
    long dropped = dropped();
    if (dropped > told && now - reported >= every) {
      reported = now;
      LOG.warn("{} log events were dropped: {}", dropped - told, lastFailure);
      told = dropped;
    }
  }
}
