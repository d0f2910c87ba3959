package dev.gatehouse.store;

import dev.gatehouse.model.Scope;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Erases rows of the past, page by page: writers wait for one page at most, and readers not at all.
 */
final class SqliteVacuum {
  private static final int PAGE = 1_000;
  private static final Scope NOWHERE = new Scope("", "");
  private static final Row START = new Row(new Shelf(NOWHERE, "", ""), "", null, 0, 0L, 0, "");

  private final SqliteReaders readers;
  private final SqliteWriter writer;
  private final long upTo;

  SqliteVacuum(SqliteReaders readers, SqliteWriter writer, long upTo) {
    this.readers = readers;
    this.writer = writer;
    this.upTo = upTo;
  }

  /** The number of rows that were erased. */
  long run(Predicate<Row> needed) {
    long erased = 0;
    Row last = START;
    List<Row> page;
    do {
      page = pageAfter(last);
      List<Row> unneeded = page.stream().filter(needed.negate()).toList();
      if (!unneeded.isEmpty()) {
        writer.maintain(session -> unneeded.forEach(row -> erase(session, row)));
        erased += unneeded.size();
      }
      last = page.isEmpty() ? last : page.getLast();
    } while (page.size() == PAGE);
    return erased;
  }

  private List<Row> pageAfter(Row last) {
    Shelf shelf = last.shelf();
    return readers.read(session ->
        session.query(
            Sql.PAST,
            row -> Rows.row(row, Long.MAX_VALUE),
            upTo,
            Objects.requireNonNull(last.toRevision()),
            shelf.scope().account(),
            shelf.scope().region(),
            shelf.kind(),
            shelf.parent(),
            last.id(),
            last.fromRevision(),
            PAGE));
  }

  private static void erase(SqliteSession session, Row row) {
    Shelf shelf = row.shelf();
    session.update(
        Sql.ERASE_PAST,
        shelf.scope().account(),
        shelf.scope().region(),
        shelf.kind(),
        shelf.parent(),
        row.id(),
        row.fromRevision());
  }
}
