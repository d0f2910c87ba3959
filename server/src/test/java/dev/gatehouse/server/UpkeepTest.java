package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.Vacuum;
import dev.gatehouse.model.Scope;
import dev.gatehouse.store.Shelf;
import dev.gatehouse.store.SqliteStore;
import dev.gatehouse.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpkeepTest {
  private static final Shelf LINKS =
      new Shelf(new Scope("000000000000", "us-east-1"), "vpc-link", "");

  @TempDir Path data;

  @Test
  void rowsOfThePastGoByThemselves() throws Exception {
    try (Store store = SqliteStore.open(data);
        Upkeep upkeep = new Upkeep(new Vacuum(store), Duration.ofMillis(1))) {
      for (int i = 0; i < 5; i++) {
        put(store, "v" + i);
      }
      assertThat(rows(store)).isEqualTo(5);
      upkeep.start();
      long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (rows(store) > 1 && System.nanoTime() < end) {
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(rows(store)).isEqualTo(1);
      assertThat(store.head().find(LINKS, "l")).get().extracting(r -> r.body()).isEqualTo("v4");
    }
  }

  private static void put(Store store, String body) {
    store.write(tx -> {
      tx.put(LINKS, "l", null, 1, body);
      return null;
    });
  }

  private static int rows(Store store) {
    return store.changesSince(0, store.revision()).size();
  }
}
