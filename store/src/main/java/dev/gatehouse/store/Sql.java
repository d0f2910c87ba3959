package dev.gatehouse.store;

/**
 * The statements over rows. Only standard SQL and positional parameters, so that PostgreSQL can run
 * them too; each is served by an index of {@link SqliteSchema}.
 */
final class Sql {
  private static final String COLUMNS =
      "account, region, kind, parent, id, unique_key, from_revision, to_revision, schema, body";
  private static final String SELECT = "SELECT " + COLUMNS + " FROM resource WHERE ";
  private static final String ON_SHELF = "account = ? AND region = ? AND kind = ? AND parent = ? ";
  private static final String SHOWN =
      "AND from_revision <= ? AND (to_revision IS NULL OR to_revision > ?) ";

  /**
   * The newest row that a revision can know. Where that one is closed there is none: a name has one
   * living row at most. Reads one row, however often the resource was changed.
   */
  private static final String NEWEST = "AND from_revision <= ? ORDER BY from_revision DESC LIMIT 1";

  static final String FIND = SELECT + ON_SHELF + "AND id = ? " + NEWEST;
  static final String FIND_UNIQUE = SELECT + ON_SHELF + "AND unique_key = ? " + NEWEST;
  static final String FIND_ANYWHERE = SELECT + "kind = ? AND id = ? " + NEWEST;
  static final String LIST = SELECT + ON_SHELF + "AND id > ? " + SHOWN + "ORDER BY id LIMIT ?";

  /** What a transaction lists: no row of the past is read. */
  static final String LIST_LIVING =
      SELECT + ON_SHELF + "AND id > ? AND to_revision IS NULL ORDER BY id LIMIT ?";

  /** The same for a revision that is still the newest; nothing where it no longer is. */
  static final String LIST_AT_HEAD =
      SELECT
          + ON_SHELF
          + "AND id > ? AND to_revision IS NULL "
          + "AND (SELECT revision FROM head) = ? ORDER BY id LIMIT ?";

  /** Reads only the index. */
  static final String COUNT_LIVING =
      "SELECT COUNT(*) FROM (SELECT 1 FROM resource WHERE "
          + ON_SHELF
          + "AND to_revision IS NULL LIMIT ?) AS counted";

  static final String COUNT =
      "SELECT COUNT(*) FROM (SELECT 1 FROM resource WHERE "
          + ON_SHELF
          + SHOWN
          + "LIMIT ?) AS counted";

  static final String LIST_ANYWHERE = SELECT + "kind = ? " + SHOWN + "ORDER BY id";

  /** Opened after a revision; the rest of what changed comes from {@link #CLOSED}. */
  static final String OPENED = SELECT + "from_revision > ? AND from_revision <= ?";

  /** Closed after a revision, but opened before it. */
  static final String CLOSED =
      SELECT + "to_revision > ? AND to_revision <= ? AND from_revision <= ?";

  /** Rows of the past, the longest closed first, a page of them after the last one seen. */
  static final String PAST =
      SELECT
          + "to_revision <= ? AND (to_revision, account, region, kind, parent, id, from_revision)"
          + " > (?, ?, ?, ?, ?, ?, ?)"
          + " ORDER BY to_revision, account, region, kind, parent, id, from_revision LIMIT ?";

  static final String ERASE_PAST =
      "DELETE FROM resource WHERE "
          + ON_SHELF
          + "AND id = ? AND from_revision = ? AND to_revision IS NOT NULL";

  static final String LIVING = SELECT + ON_SHELF + "AND id = ? AND to_revision IS NULL";
  static final String LIVING_UNIQUE =
      SELECT + ON_SHELF + "AND unique_key = ? AND to_revision IS NULL";

  static final String INSERT =
      "INSERT INTO resource (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?, ?)";

  /** A row that its own transaction opened leaves no trace: no revision ever showed it. */
  static final String ERASE =
      "DELETE FROM resource WHERE "
          + ON_SHELF
          + "AND id = ? AND "
          + "from_revision = ? AND to_revision IS NULL";

  static final String CLOSE =
      "UPDATE resource SET to_revision = ? WHERE "
          + ON_SHELF
          + "AND id = ? AND to_revision IS NULL";
  static final String ERASE_BELOW =
      "DELETE FROM resource WHERE account = ? AND region = ? "
          + "AND parent = ? AND to_revision IS NULL AND from_revision = ?";
  static final String CLOSE_BELOW =
      "UPDATE resource SET to_revision = ? WHERE account = ? "
          + "AND region = ? AND parent = ? AND to_revision IS NULL";

  static final String ERASE_ALL =
      "DELETE FROM resource WHERE to_revision IS NULL AND from_revision = ?";
  static final String CLOSE_ALL = "UPDATE resource SET to_revision = ? WHERE to_revision IS NULL";

  static final String REVISION = "SELECT revision FROM head";
  static final String SET_REVISION = "UPDATE head SET revision = ?";
  static final String ANY_OPENED = "SELECT 1 FROM resource WHERE from_revision = ? LIMIT 1";
  static final String ANY_CLOSED = "SELECT 1 FROM resource WHERE to_revision = ? LIMIT 1";

  private Sql() {}
}
