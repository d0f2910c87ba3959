package dev.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a writing process, again and again, on one data directory. */
class SqliteStoreKillTest {
  private static final int ROUNDS = Integer.getInteger("gatehouse.kill-rounds", 5);

  @TempDir Path directory;

  @Test
  void aKilledProcessLosesNoAcknowledgedWriteAndLeavesNoHalfOne() throws Exception {
    Random random = new Random(1);
    long before = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long acknowledged = writeAndKill(20 + random.nextInt(200));
      try (Store store = SqliteStore.open(directory)) {
        assertThat(acknowledged).isGreaterThan(before);
        assertThat(store.revision()).isBetween(acknowledged, acknowledged + 1);
        for (long revision = before + 1; revision <= store.revision(); revision++) {
          assertWhole(store.at(revision).listAnywhere("api"), Long.toString(revision));
        }
        before = store.revision();
      }
    }
  }

  private long writeAndKill(int writes) throws IOException, InterruptedException {
    try (StoreProcess process = StoreProcess.start(directory)) {
      String line = "";
      for (int i = 0; i < writes; i++) {
        line = process.next();
      }
      String last = process.kill();
      return Long.parseLong(last.isEmpty() ? line : last);
    }
  }

  private static void assertWhole(List<Row> rows, String body) {
    assertThat(rows).hasSize(StoreProcess.ROWS).extracting(Row::body).containsOnly(body);
  }
}
