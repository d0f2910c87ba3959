package dev.gatehouse.store;

import dev.gatehouse.model.Scope;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one write, under the revision that its commit will make.
 *
 * <p>After a failure of the database nothing more is done: SQLite may have rolled back by itself,
 * and what came after would be a transaction of its own.
 */
final class SqliteTransaction implements Transaction {
  private final SqliteSession session;
  private final Rows rows;
  private final long revision;
  private boolean broken;
  private boolean over;

  SqliteTransaction(SqliteSession session, long revision) {
    this.session = session;
    this.revision = revision;
    this.rows = Rows.beingWritten(this::guarded, revision);
  }

  @Override
  public void put(Shelf shelf, String id, @Nullable String uniqueKey, int schema, String body) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("A row needs an id.");
    }
    if (uniqueKey != null) {
      refuseTaken(shelf, id, uniqueKey);
    }
    Optional<Row> living = living(Sql.LIVING, shelf, id);
    if (living.isPresent() && same(living.get(), uniqueKey, schema, body)) {
      return;
    }
    delete(shelf, id);
    Scope scope = shelf.scope();
    change(
        Sql.INSERT,
        scope.account(),
        scope.region(),
        shelf.kind(),
        shelf.parent(),
        id,
        uniqueKey,
        revision,
        schema,
        body);
  }

  @Override
  public boolean delete(Shelf shelf, String id) {
    Scope scope = shelf.scope();
    String account = scope.account();
    String region = scope.region();
    int erased = change(Sql.ERASE, account, region, shelf.kind(), shelf.parent(), id, revision);
    return erased > 0
        || change(Sql.CLOSE, revision, account, region, shelf.kind(), shelf.parent(), id) > 0;
  }

  @Override
  public int deleteBelow(Scope scope, String parent) {
    if (parent.isEmpty()) {
      throw new IllegalArgumentException("Rows without a parent are not below anything.");
    }
    return change(Sql.ERASE_BELOW, scope.account(), scope.region(), parent, revision)
        + change(Sql.CLOSE_BELOW, revision, scope.account(), scope.region(), parent);
  }

  @Override
  public int deleteAll() {
    return change(Sql.ERASE_ALL, revision) + change(Sql.CLOSE_ALL, revision);
  }

  /** True where something is left to commit. */
  boolean changed() {
    return guarded(s ->
        !s.query(Sql.ANY_OPENED, row -> 1, revision).isEmpty()
            || !s.query(Sql.ANY_CLOSED, row -> 1, revision).isEmpty());
  }

  /** Ends the use of this transaction. */
  void end() {
    over = true;
  }

  private void refuseTaken(Shelf shelf, String id, String uniqueKey) {
    Optional<Row> holder = living(Sql.LIVING_UNIQUE, shelf, uniqueKey);
    if (holder.isPresent() && !holder.get().id().equals(id)) {
      throw new UniqueKeyTaken(uniqueKey);
    }
  }

  private Optional<Row> living(String sql, Shelf shelf, String name) {
    Scope scope = shelf.scope();
    return guarded(s ->
            s.query(
                sql,
                row -> Rows.row(row, revision),
                scope.account(),
                scope.region(),
                shelf.kind(),
                shelf.parent(),
                name))
        .stream()
        .findFirst();
  }

  private static boolean same(Row row, @Nullable String uniqueKey, int schema, String body) {
    return Objects.equals(row.uniqueKey(), uniqueKey)
        && row.schema() == schema
        && row.body().equals(body);
  }

  private int change(String sql, @Nullable Object... parameters) {
    return guarded(s -> s.update(sql, parameters));
  }

  private <T> T guarded(Function<SqliteSession, T> work) {
    if (over || broken) {
      throw new IllegalStateException(over ? "The write is over." : "The write has failed.");
    }
    try {
      return work.apply(session);
    } catch (StoreException e) {
      broken = true;
      throw e;
    }
  }

  @Override
  public long revision() {
    return revision;
  }

  @Override
  public Optional<Row> find(Shelf shelf, String id) {
    return rows.find(shelf, id);
  }

  @Override
  public Optional<Row> findUnique(Shelf shelf, String uniqueKey) {
    return rows.findUnique(shelf, uniqueKey);
  }

  @Override
  public Optional<Row> findAnywhere(String kind, String id) {
    return rows.findAnywhere(kind, id);
  }

  @Override
  public List<Row> list(Shelf shelf, @Nullable String after, int limit) {
    return rows.list(shelf, after, limit);
  }

  @Override
  public int count(Shelf shelf, int atMost) {
    return rows.count(shelf, atMost);
  }

  @Override
  public List<Row> listAnywhere(String kind) {
    return rows.listAnywhere(kind);
  }
}
