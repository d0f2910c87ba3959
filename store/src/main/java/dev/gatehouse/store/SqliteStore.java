package dev.gatehouse.store;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows in one SQLite file: a writer that takes turns, and readers that never wait for it (WAL). A
 * commit is on the disk before it is answered (synchronous=FULL).
 */
public final class SqliteStore implements Store {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);

  private final DataDirectory directory;
  private final SqliteReaders readers;
  private final SqliteWriter writer;
  private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
  private volatile long revision;

  private SqliteStore(DataDirectory directory, Path file) {
    this.directory = directory;
    this.readers = new SqliteReaders(file);
    this.writer = new SqliteWriter(file, this::committed);
    SqliteSchema.prepare(writer.session());
    this.revision = writer.session().query(Sql.REVISION, row -> row.getLong(1)).getFirst();
  }

  /**
   * Opens the store of a data directory, which is created where there is none.
   *
   * @throws StoreException when another process has it open, when a newer version wrote it, or when
   *     it cannot be read and written
   */
  public static SqliteStore open(Path dataDirectory) {
    DataDirectory directory = DataDirectory.hold(dataDirectory);
    try {
      return new SqliteStore(directory, directory.file("gatehouse.db"));
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  @Override
  public long revision() {
    return revision;
  }

  @Override
  public View at(long revision) {
    if (revision < 0 || revision > this.revision) {
      throw new IllegalArgumentException("There is no revision " + revision + ".");
    }
    return Rows.at(readers::read, revision);
  }

  @Override
  public <T> T write(Function<Transaction, T> work) {
    return writer.write(work);
  }

  @Override
  public List<Row> changesSince(long revision, long upTo) {
    return Rows.at(readers::read, upTo).changesSince(revision);
  }

  @Override
  public long vacuum(long upTo, Predicate<Row> needed) {
    return new SqliteVacuum(readers, writer, upTo).run(needed);
  }

  @Override
  public void onCommit(LongConsumer listener) {
    listeners.add(listener);
  }

  /** For tests that take away the disk. */
  SqliteWriter writer() {
    return writer;
  }

  private void committed(long revision) {
    this.revision = revision;
    for (LongConsumer listener : listeners) {
      try {
        listener.accept(revision);
      } catch (RuntimeException e) {
        LOG.error("A listener failed at revision {}", revision, e);
      }
    }
  }

  /** Waits for the reads and the write under way. */
  @Override
  public void close() {
    writer.close();
    readers.close();
    directory.close();
  }
}
