package dev.gatehouse.store;

import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Where resources live. Each write closes old rows and opens new ones under the next revision;
 * revisions are allotted in commit order, so {@link #changesSince} misses nothing. A write is
 * durable before {@link #write} returns.
 *
 * <p>Plain blocking code; safe for any number of threads.
 */
public interface Store extends AutoCloseable {

  /** The newest committed revision; 0 for an empty store. */
  long revision();

  /** The rows as they are now. */
  default View head() {
    return at(revision());
  }

  /** The rows as they were at a revision. */
  View at(long revision);

  /**
   * Runs a write as one transaction under the next revision. When the work throws, nothing of it
   * stays. A write that changes nothing takes no revision.
   *
   * @throws StoreException when the store cannot be written (disk full, for instance)
   */
  <T> T write(Function<Transaction, T> work);

  /** Rows opened or closed after a revision, up to and including {@code upTo}. */
  List<Row> changesSince(long revision, long upTo);

  /** Is called with each new revision after its commit, in order, on the committing thread. */
  void onCommit(LongConsumer listener);

  @Override
  void close();
}
