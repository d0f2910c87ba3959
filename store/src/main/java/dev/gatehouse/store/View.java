package dev.gatehouse.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows as one revision shows them. Every call of one view sees the same revision. */
public interface View {

  /** The revision that is shown. */
  long revision();

  /** The row of that id. */
  Optional<Row> find(Shelf shelf, String id);

  /** The row of that unique key. */
  Optional<Row> findUnique(Shelf shelf, String uniqueKey);

  /**
   * The row of that kind and id whatever its owner and parent; for ids that are unique by nature.
   */
  Optional<Row> findAnywhere(String kind, String id);

  /**
   * Rows of a shelf in the order of their ids.
   *
   * @param after only ids beyond this one; null for the first page
   * @param limit the most rows to return, above 0
   */
  List<Row> list(Shelf shelf, @Nullable String after, int limit);

  /**
   * How many rows a shelf has.
   *
   * @param atMost counting ends there
   */
  int count(Shelf shelf, int atMost);

  /** Every row of a kind, over all owners and parents, in the order of their ids. */
  List<Row> listAnywhere(String kind);
}
