package dev.gatehouse.store;

import dev.gatehouse.model.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The questions of a {@link View}, asked for one revision. */
final class Rows implements View {
  private static final Comparator<Row> BY_LAST_CHANGE =
      Comparator.comparingLong(Rows::lastChange)
          .thenComparing(row -> row.toRevision() == null)
          .thenComparing(Row::id);

  private final Source source;
  private final long revision;

  Rows(Source source, long revision) {
    this.source = source;
    this.revision = revision;
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
    return onShelf(Sql.FIND, shelf, id).stream().findFirst();
  }

  @Override
  public Optional<Row> findUnique(Shelf shelf, String uniqueKey) {
    return onShelf(Sql.FIND_UNIQUE, shelf, uniqueKey).stream().findFirst();
  }

  @Override
  public Optional<Row> findAnywhere(String kind, String id) {
    return ask(Sql.FIND_ANYWHERE, kind, id, revision, revision).stream().findFirst();
  }

  @Override
  public List<Row> list(Shelf shelf, @Nullable String after, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("A page of " + limit + " rows.");
    }
    Scope scope = shelf.scope();
    return ask(
        Sql.LIST,
        scope.account(),
        scope.region(),
        shelf.kind(),
        shelf.parent(),
        Objects.requireNonNullElse(after, ""),
        revision,
        revision,
        limit);
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

  private List<Row> onShelf(String sql, Shelf shelf, String name) {
    Scope scope = shelf.scope();
    return ask(
        sql,
        scope.account(),
        scope.region(),
        shelf.kind(),
        shelf.parent(),
        name,
        revision,
        revision);
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
