package dev.gatehouse.store;

import dev.gatehouse.model.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The questions of a {@link View}, asked for one revision. */
final class Rows implements View {
  private static final Comparator<Row> BY_LAST_CHANGE =
      (one, other) -> {
        int order = Long.compare(lastChange(one), lastChange(other));
        order =
            order == 0
                ? Boolean.compare(one.toRevision() == null, other.toRevision() == null)
                : order;
        return order == 0 ? one.id().compareTo(other.id()) : order;
      };

  private final Source source;
  private final long revision;
  private final boolean beingWritten;

  private Rows(Source source, long revision, boolean beingWritten) {
    this.source = source;
    this.revision = revision;
    this.beingWritten = beingWritten;
  }

  /** The rows of a revision that is committed. */
  static Rows at(Source source, long revision) {
    return new Rows(source, revision, false);
  }

  /** The rows as the transaction that makes the revision sees them. */
  static Rows beingWritten(Source source, long revision) {
    return new Rows(source, revision, true);
  }

  /** Lends a connection for as long as a question takes. */
  interface Source {
    <T> T read(Function<SqliteSession, T> question);
  }

  @Override
  public long revision() {
    return revision;
  }

  @Override
  public Optional<Row> find(Shelf shelf, String id) {
    return onShelf(Sql.FIND, shelf, id);
  }

  @Override
  public Optional<Row> findUnique(Shelf shelf, String uniqueKey) {
    return onShelf(Sql.FIND_UNIQUE, shelf, uniqueKey);
  }

  @Override
  public Optional<Row> findAnywhere(String kind, String id) {
    return shown(ask(Sql.FIND_ANYWHERE, kind, id, revision));
  }

  @Override
  public List<Row> list(Shelf shelf, @Nullable String after, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("A page of " + limit + " rows.");
    }
    String from = Objects.requireNonNullElse(after, "");
    if (beingWritten) {
      return onShelf(Sql.LIST_LIVING, shelf, from, limit);
    }
    List<Row> rows = onShelf(Sql.LIST_AT_HEAD, shelf, from, revision, limit);
    return rows.isEmpty() ? onShelf(Sql.LIST, shelf, from, revision, revision, limit) : rows;
  }

  @Override
  public int count(Shelf shelf, int atMost) {
    Object[] parameters =
        beingWritten ? place(shelf, atMost) : place(shelf, revision, revision, atMost);
    String sql = beingWritten ? Sql.COUNT_LIVING : Sql.COUNT;
    return source.read(session -> session.query(sql, row -> row.getInt(1), parameters)).getFirst();
  }

  @Override
  public List<Row> listAnywhere(String kind) {
    return ask(Sql.LIST_ANYWHERE, kind, revision, revision);
  }

  /** What {@link Store#changesSince} answers; this view's revision is its {@code upTo}. */
  List<Row> changesSince(long since) {
    return source.read(session -> {
      List<Row> changes = session.query(Sql.OPENED, row -> row(row, revision), since, revision);
      changes.addAll(session.query(Sql.CLOSED, row -> row(row, revision), since, revision, since));
      changes.sort(BY_LAST_CHANGE);
      return changes;
    });
  }

  private Optional<Row> onShelf(String sql, Shelf shelf, String name) {
    return shown(onShelf(sql, shelf, name, revision));
  }

  private List<Row> onShelf(String sql, Shelf shelf, Object... more) {
    return ask(sql, place(shelf, more));
  }

  private static Object[] place(Shelf shelf, Object... more) {
    Scope scope = shelf.scope();
    Stream<Object> place = Stream.of(scope.account(), scope.region(), shelf.kind(), shelf.parent());
    return Stream.concat(place, Stream.of(more)).toArray();
  }

  /** {@link #row} has already forgotten what closes a row later. */
  private static Optional<Row> shown(List<Row> newest) {
    return newest.stream().filter(row -> row.toRevision() == null).findFirst();
  }

  private List<Row> ask(String sql, Object... parameters) {
    return source.read(session -> session.query(sql, row -> row(row, revision), parameters));
  }

  private static long lastChange(Row row) {
    Long to = row.toRevision();
    return to == null ? row.fromRevision() : to;
  }

  /** A row as a revision knew it: what closes it later is not known yet. */
  static Row row(ResultSet columns, long asOf) throws SQLException {
    Scope scope = new Scope(columns.getString(1), columns.getString(2));
    long to = columns.getLong(8);
    boolean open = columns.wasNull() || to > asOf;
    return new Row(
        new Shelf(scope, columns.getString(3), columns.getString(4)),
        columns.getString(5),
        columns.getString(6),
        columns.getLong(7),
        open ? null : to,
        columns.getInt(9),
        columns.getString(10));
  }
}
