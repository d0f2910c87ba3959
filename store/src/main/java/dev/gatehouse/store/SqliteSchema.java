package dev.gatehouse.store;

import java.util.List;

/** The tables, and which version of them a file has. */
final class SqliteSchema {
  /** Goes up with each change that an older Gatehouse could not read. */
  static final int VERSION = 1;

  private static final List<String> CREATE =
      List.of(
          """
          CREATE TABLE resource (
            account TEXT NOT NULL,
            region TEXT NOT NULL,
            kind TEXT NOT NULL,
            parent TEXT NOT NULL,
            id TEXT NOT NULL,
            unique_key TEXT,
            from_revision BIGINT NOT NULL,
            to_revision BIGINT,
            schema INTEGER NOT NULL,
            body TEXT NOT NULL
          )\
          """,
          """
          CREATE UNIQUE INDEX resource_id
            ON resource (account, region, kind, parent, id, from_revision)\
          """,
          """
          CREATE UNIQUE INDEX resource_living_id
            ON resource (account, region, kind, parent, id) WHERE to_revision IS NULL\
          """,
          """
          CREATE UNIQUE INDEX resource_living_unique_key
            ON resource (account, region, kind, parent, unique_key) WHERE to_revision IS NULL\
          """,
          """
          CREATE INDEX resource_unique_key
            ON resource (account, region, kind, parent, unique_key, from_revision)\
          """,
          "CREATE INDEX resource_anywhere ON resource (kind, id, from_revision)",
          """
          CREATE INDEX resource_living_below
            ON resource (account, region, parent) WHERE to_revision IS NULL\
          """,
          "CREATE INDEX resource_opened ON resource (from_revision)",
          "CREATE INDEX resource_closed ON resource (to_revision) WHERE to_revision IS NOT NULL",
          "CREATE TABLE head (revision BIGINT NOT NULL)",
          "INSERT INTO head (revision) VALUES (0)",
          "PRAGMA user_version = " + VERSION);

  private SqliteSchema() {}

  /** Makes the tables in a fresh file; refuses those of a newer version before any change. */
  static void prepare(SqliteSession session) {
    int version = session.query("PRAGMA user_version", row -> row.getInt(1)).getFirst();
    if (version > VERSION) {
      throw new StoreException(
          "The data directory was written by a newer Gatehouse (its schema is version %d, this one knows %d). Start that version, or choose another directory with --data."
              .formatted(version, VERSION),
          null);
    }
    session.run("PRAGMA journal_mode = WAL");
    if (version == 0) {
      session.run("BEGIN IMMEDIATE");
      CREATE.forEach(session::run);
      session.run("COMMIT");
    }
  }
}
