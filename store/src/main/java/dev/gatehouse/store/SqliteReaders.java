package dev.gatehouse.store;

import java.nio.file.Path;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** A few connections for reading, opened as they are needed. */
final class SqliteReaders implements AutoCloseable {
  private static final int MOST = 4;

  private final Path file;
  private final Semaphore free = new Semaphore(MOST);
  private final Deque<SqliteSession> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  SqliteReaders(Path file) {
    this.file = file;
  }

  <T> T read(Function<SqliteSession, T> work) {
    free.acquireUninterruptibly();
    try {
      if (closed) {
        throw new IllegalStateException("The store is closed.");
      }
      SqliteSession session = idle.pollFirst();
      if (session == null) {
        session = SqliteSession.open(file);
      }
      try {
        return work.apply(session);
      } finally {
        idle.addFirst(session);
      }
    } finally {
      free.release();
    }
  }

  /** Waits for the reads under way. */
  @Override
  public void close() {
    free.acquireUninterruptibly(MOST);
    try {
      closed = true;
      for (SqliteSession session = idle.poll(); session != null; session = idle.poll()) {
        session.close();
      }
    } finally {
      free.release(MOST);
    }
  }
}
