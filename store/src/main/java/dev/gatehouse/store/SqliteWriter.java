package dev.gatehouse.store;

import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The one connection that writes, and the order in which writes get it. */
final class SqliteWriter implements AutoCloseable {
  private final Path file;
  private final LongConsumer committed;
  private final ReentrantLock turn = new ReentrantLock(true);
  private @Nullable SqliteSession session;
  private boolean closed;

  /**
   * @param committed is called with each new revision while the turn is still held, so in order
   */
  SqliteWriter(Path file, LongConsumer committed) {
    this.file = file;
    this.committed = committed;
  }

  <T> T write(Function<Transaction, T> work) {
    if (turn.isHeldByCurrentThread()) {
      throw new IllegalStateException(
          "A write within a write or a commit listener: use the transaction at hand.");
    }
    turn.lock();
    try {
      if (closed) {
        throw new IllegalStateException("The store is closed.");
      }
      return transact(session(), work);
    } finally {
      turn.unlock();
    }
  }

  /** The connection, opened anew after one that could not be brought back to order. */
  SqliteSession session() {
    SqliteSession open = session;
    if (open == null) {
      open = SqliteSession.open(file);
      session = open;
    }
    return open;
  }

  /** Runs what is no write: it takes its turn among them, but no revision. */
  void maintain(Consumer<SqliteSession> work) {
    turn.lock();
    try {
      if (closed) {
        throw new IllegalStateException("The store is closed.");
      }
      SqliteSession open = session();
      open.update("BEGIN IMMEDIATE");
      boolean done = false;
      try {
        work.accept(open);
        open.update("COMMIT");
        done = true;
      } finally {
        if (!done) {
          rollBack(open);
        }
      }
    } finally {
      turn.unlock();
    }
  }

  private <T> T transact(SqliteSession open, Function<Transaction, T> work) {
    open.update("BEGIN IMMEDIATE");
    boolean done = false;
    try {
      long revision = open.query(Sql.REVISION, row -> row.getLong(1)).getFirst() + 1;
      Outcome<T> outcome = run(new SqliteTransaction(open, revision), work);
      if (outcome.changed()) {
        open.update(Sql.SET_REVISION, revision);
        open.update("COMMIT");
        done = true;
        committed.accept(revision);
      }
      return outcome.result();
    } finally {
      if (!done) {
        rollBack(open);
      }
    }
  }

  private static <T> Outcome<T> run(SqliteTransaction transaction, Function<Transaction, T> work) {
    try {
      return new Outcome<>(work.apply(transaction), transaction.changed());
    } finally {
      transaction.end();
    }
  }

  private record Outcome<T>(T result, boolean changed) {}

  /** Fails where SQLite has already rolled back by itself; then a fresh connection is surest. */
  private void rollBack(SqliteSession open) {
    try {
      open.update("ROLLBACK");
    } catch (StoreException e) {
      session = null;
      open.close();
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      closed = true;
      if (session != null) {
        session.close();
        session = null;
      }
    } finally {
      turn.unlock();
    }
  }
}
