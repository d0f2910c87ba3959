package dev.gatehouse.store;

import dev.gatehouse.model.Scope;
import org.jspecify.annotations.Nullable;

/** A write in progress: a view that also sees the transaction's own changes. */
public interface Transaction extends View {

  /**
   * Creates the row, or closes the living row of that id and opens this one in its place. A put
   * that equals the living row changes nothing.
   *
   * @throws UniqueKeyTaken when another living row of the shelf has the unique key
   */
  void put(Shelf shelf, String id, @Nullable String uniqueKey, int schema, String body);

  /** Closes the living row of that id; false where there is none. */
  boolean delete(Shelf shelf, String id);

  /**
   * Closes every living row whose shelf has that parent, of any kind; returns how many.
   *
   * @throws IllegalArgumentException for the empty parent
   */
  int deleteBelow(Scope scope, String parent);

  /** Closes every living row of every owner; returns how many. */
  int deleteAll();
}
