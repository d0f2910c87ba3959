package dev.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SqliteStoreTest extends StoreContract {

  @Override
  protected Store open(Path directory) {
    return SqliteStore.open(directory);
  }

  @Test
  void aSecondOpenerIsRefusedAndLeavesTheFirstAlone() throws Exception {
    Path data = directory.resolve("data");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> open(data))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("Another Gatehouse uses the data directory")
          .hasMessageContaining(data.toString());
    }
    try (StoreProcess other = StoreProcess.start(data)) {
      assertThat(other.next()).contains("Another Gatehouse uses the data directory");
    }
    put(APIS, "a1", "still mine");
  }

  @Test
  void aDataDirectoryOfANewerVersionIsRefusedAndLeftAsItIs() throws IOException {
    store.close();
    Path file = directory.resolve("data/gatehouse.db");
    try (SqliteSession session = SqliteSession.open(file)) {
      session.run("PRAGMA user_version = 2");
      session.run("PRAGMA journal_mode = DELETE");
    }
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(() -> open(directory.resolve("data")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer Gatehouse (its schema is version 2, this one knows 1)");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void aFileThatIsNoDatabaseIsRefused() throws IOException {
    Path data = Files.createDirectory(directory.resolve("other"));
    Files.writeString(data.resolve("gatehouse.db"), "this is no database ".repeat(100));

    assertThatThrownBy(() -> open(data))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("damaged or not a database");
  }

  @Test
  void onlyTheOwnerCanReadTheFiles() throws IOException {
    put(APIS, "a1", "one");
    assertThat(permissions(directory.resolve("data"))).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(directory.resolve("data"))) {
      assertThat(files).hasSizeGreaterThan(2).allMatch(f -> permissions(f).equals("rw-------"));
    }
  }

  private static String permissions(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aFullDiskFailsTheWriteOnlyAndPasses() {
    put(APIS, "a1", "small");
    SqliteWriter writer = ((SqliteStore) store).writer();
    long pages = writer.session().query("PRAGMA page_count", row -> row.getLong(1)).getFirst();
    String large = "x".repeat(100_000);

    for (int i = 0; i < 3; i++) {
      writer.session().run("PRAGMA max_page_count = " + pages);
      assertThatThrownBy(() -> put(APIS, "a2", large))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("the disk is full");
      assertThat(store.head().list(APIS, null, 10)).extracting(Row::id).containsExactly("a1");
    }
    writer.session().run("PRAGMA max_page_count = 1000000");
    put(APIS, "a2", large);
    assertThat(store.revision()).isEqualTo(2);
    assertThat(store.head().find(APIS, "a2")).get().extracting(Row::body).isEqualTo(large);
  }

  @Test
  void workThatHidesAFullDiskStillLeavesNothingBehind() {
    put(APIS, "a1", "small");
    SqliteWriter writer = ((SqliteStore) store).writer();
    writer.session().run("PRAGMA max_page_count = 1");

    assertThatThrownBy(() ->
            store.write(tx -> {
              try {
                tx.put(APIS, "a2", null, 1, "x".repeat(100_000));
              } catch (StoreException hidden) {
                tx.delete(APIS, "a1");
              }
              return null;
            }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(store.head().list(APIS, null, 10)).extracting(Row::id).containsExactly("a1");
    writer.session().run("PRAGMA max_page_count = 1000000");
    delete(APIS, "a1");
    assertThat(store.head().list(APIS, null, 10)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("statementsAndIndexes")
  void everyStatementIsServedByAnIndex(String sql, String index) {
    SqliteSession session = ((SqliteStore) store).writer().session();
    List<String> plan = session.query("EXPLAIN QUERY PLAN " + sql, row -> row.getString("detail"));

    assertThat(plan).hasSize(1).first().asString().startsWith("SEARCH").contains(index + " (");
  }

  static List<Object[]> statementsAndIndexes() {
    return List.of(
        new Object[] {Sql.FIND, "resource_id"},
        new Object[] {Sql.FIND_UNIQUE, "resource_unique_key"},
        new Object[] {Sql.FIND_ANYWHERE, "resource_anywhere"},
        new Object[] {Sql.LIST, "resource_id"},
        new Object[] {Sql.LIST_ANYWHERE, "resource_anywhere"},
        new Object[] {Sql.OPENED, "resource_opened"},
        new Object[] {Sql.CLOSED, "resource_closed"},
        new Object[] {Sql.ERASE_PAST, "resource_id"},
        new Object[] {Sql.LIVING, "resource_living_id"},
        new Object[] {Sql.LIVING_UNIQUE, "resource_living_unique_key"},
        new Object[] {Sql.ERASE, "resource_id"},
        new Object[] {Sql.CLOSE, "resource_living_id"},
        new Object[] {Sql.ERASE_BELOW, "resource_living_below"},
        new Object[] {Sql.CLOSE_BELOW, "resource_living_below"},
        new Object[] {Sql.ANY_OPENED, "resource_opened"},
        new Object[] {Sql.ANY_CLOSED, "resource_closed"});
  }
}
