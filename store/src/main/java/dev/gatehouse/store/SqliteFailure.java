package dev.gatehouse.store;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says in an operator's words what SQLite reports. */
final class SqliteFailure {
  private static final int PRIMARY_CODE = 0xff;

  private SqliteFailure() {}

  static StoreException of(SQLException failure) {
    return new StoreException(
        switch (code(failure)) {
          case SQLITE_FULL -> "The store cannot be written: the disk is full.";
          case SQLITE_IOERR -> "The store cannot be used: the disk reports an I/O error.";
          case SQLITE_READONLY -> "The store cannot be written: its files are read-only.";
          case SQLITE_CANTOPEN -> "The store cannot be opened: check its files' permissions.";
          case SQLITE_CORRUPT, SQLITE_NOTADB -> "The store's file is damaged or not a database.";
          default -> "The store failed.";
        },
        failure);
  }

  /** The primary code: SQLite keeps what distinguishes kinds of one failure in higher bits. */
  static SQLiteErrorCode code(SQLException failure) {
    return failure instanceof SQLiteException sqlite
        ? SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & PRIMARY_CODE)
        : SQLiteErrorCode.UNKNOWN_ERROR;
  }
}
