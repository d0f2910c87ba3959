package dev.gatehouse.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** One connection and the statements prepared on it. For one thread at a time. */
final class SqliteSession implements AutoCloseable {
  private static final int BUSY_MILLIS = 10_000;
  private static final int MAX_WAL_BYTES = 64 * 1024 * 1024;

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  private SqliteSession(Connection connection) {
    this.connection = connection;
  }

  /** Makes the object of one row of a result. */
  interface Mapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  /** Opens an existing file. Every commit reaches the disk before it returns. */
  static SqliteSession open(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setSynchronous(SynchronousMode.FULL);
    config.setJournalSizeLimit(MAX_WAL_BYTES);
    try {
      return new SqliteSession(config.createConnection("jdbc:sqlite:" + file));
    } catch (SQLException e) {
      throw SqliteFailure.of(e);
    }
  }

  <T> List<T> query(String sql, Mapper<T> mapper, @Nullable Object... parameters) {
    try (ResultSet rows = bound(sql, parameters).executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(mapper.map(rows));
      }
      return found;
    } catch (SQLException e) {
      throw SqliteFailure.of(e);
    }
  }

  /** Returns how many rows changed. */
  int update(String sql, @Nullable Object... parameters) {
    try {
      return bound(sql, parameters).executeUpdate();
    } catch (SQLException e) {
      throw SqliteFailure.of(e);
    }
  }

  /** Runs what is needed once only: nothing stays prepared. */
  void run(String sql) {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw SqliteFailure.of(e);
    }
  }

  private PreparedStatement bound(String sql, @Nullable Object[] parameters) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  @Override
  public void close() {
    try {
      for (PreparedStatement statement : prepared.values()) {
        statement.close();
      }
      connection.close();
    } catch (SQLException e) {
      throw SqliteFailure.of(e);
    }
  }
}
