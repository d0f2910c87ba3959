package dev.gatehouse.store;

import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * Where resources live. Each write closes old rows and opens new ones under the next revision;
 * revisions are allotted in commit order, so {@link #changesSince} misses nothing. A write is
 * durable before {@link #write} returns.
 *
 * <p>Plain blocking code; safe for any number of threads. After {@link #close} every call throws
 * {@link IllegalStateException}.
 */
public interface Store extends AutoCloseable {

  /** The newest committed revision; 0 for an empty store. */
  long revision();

  /** The rows as they are now. */
  default View head() {
    return at(revision());
  }

  /**
   * The rows as they were at a revision. What such a view shows never changes, unless {@link
   * #vacuum} erases it.
   *
   * @throws IllegalArgumentException for a revision that is not committed yet
   */
  View at(long revision);

  /**
   * Runs a write as one transaction under the next revision. When the work throws, nothing of it
   * stays. A write that changes nothing takes no revision.
   *
   * @throws StoreException when the store cannot be written (disk full, for instance); the change
   *     was not made, and a later write may succeed
   * @throws IllegalStateException for a write within a write, or within a listener
   */
  <T> T write(Function<Transaction, T> work);

  /**
   * Rows opened or closed after a revision, up to and including {@code upTo}, as they were at
   * {@code upTo}. They come in the order of their last change, and within one revision those that
   * closed before those that opened, so that they can be applied one by one: a row with a {@code
   * toRevision} goes, one without comes.
   */
  List<Row> changesSince(long revision, long upTo);

  /**
   * Erases rows of the past. What was closed at {@code upTo} or before, and is not needed, no view
   * shows from now on, and {@link #changesSince} tells it only to those who have come further than
   * {@code upTo}. What lives is never erased. This is no change: it takes no revision and no
   * listener hears of it.
   *
   * @param needed whether somebody may still look at a revision that shows the row
   * @return how many rows were erased
   */
  long vacuum(long upTo, Predicate<Row> needed);

  /**
   * Is called with each new revision after its commit, in order, on the committing thread and
   * before its write returns. What a listener throws is logged and stops nothing.
   */
  void onCommit(LongConsumer listener);

  @Override
  void close();
}
