package dev.gatehouse.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/**
 * A data directory held by this process alone, and readable by its owner alone.
 *
 * <p>The lock is an exclusive SQLite transaction that writes nothing: the system drops it with the
 * process, however that ends, and unlike a {@code FileChannel}'s lock it is not lost when the same
 * process opens and closes the file once more.
 */
final class DataDirectory implements AutoCloseable {
  private final Path directory;
  private final Connection lock;

  private DataDirectory(Path directory, Connection lock) {
    this.directory = directory;
    this.lock = lock;
  }

  static DataDirectory hold(Path directory) {
    try {
      Files.createDirectories(directory, ownerOnly(directory, "rwx------"));
      Path file = create(directory.resolve("lock"));
      return new DataDirectory(directory, lock(directory, file));
    } catch (IOException e) {
      throw new StoreException("The data directory " + directory + " cannot be used: " + e, e);
    }
  }

  /** A file of the directory, created empty where there is none. */
  Path file(String name) {
    try {
      return create(directory.resolve(name));
    } catch (IOException e) {
      throw new StoreException("The data directory " + directory + " cannot be used: " + e, e);
    }
  }

  private static Path create(Path file) throws IOException {
    try {
      return Files.createFile(file, ownerOnly(file, "rw-------"));
    } catch (FileAlreadyExistsException e) {
      return file;
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static Connection lock(Path directory, Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(0);
    Connection connection = null;
    try {
      connection = config.createConnection("jdbc:sqlite:" + file);
      try (Statement statement = connection.createStatement()) {
        statement.execute("BEGIN EXCLUSIVE");
      }
      return connection;
    } catch (SQLException e) {
      if (connection != null) {
        closeQuietly(connection);
      }
      throw SqliteFailure.code(e) == SQLiteErrorCode.SQLITE_BUSY
          ? new StoreException("Another Gatehouse uses the data directory " + directory + ".", e)
          : SqliteFailure.of(e);
    }
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw SqliteFailure.of(e);
    }
  }

  @Override
  public void close() {
    closeQuietly(lock);
  }
}
