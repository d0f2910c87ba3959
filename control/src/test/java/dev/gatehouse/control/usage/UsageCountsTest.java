package dev.gatehouse.control.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.UsagePlan.Quota;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageCountsTest {
  private static final long SUNDAY = LocalDate.parse("2026-11-22").toEpochDay();

  @TempDir Path directory;

  @Test
  void aQuotaLetsThroughExactlySoManyHoweverManyAskAtOnce() throws Exception {
    Quota quota = new Quota(10_000, 0, "DAY");
    AtomicInteger admitted = new AtomicInteger();
    try (UsageCounts counts = UsageCounts.open(directory.resolve("usage"))) {
      UsageCounter counter = counts.counter("plan", "key");
      try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
        for (int thread = 0; thread < 4; thread++) {
          threads.execute(() -> {
            for (int i = 0; i < 5_000; i++) {
              if (counter.take(quota, SUNDAY)) {
                admitted.incrementAndGet();
              }
            }
          });
        }
      }
      assertThat(admitted).hasValue(10_000);
      assertThat(counter.used(SUNDAY)).isEqualTo(10_000);
      assertThat(counter.left(quota, SUNDAY)).isZero();
    }
  }

  @Test
  void countsStandAfterARestartAndFreedSlotsAreUsedAgain() throws Exception {
    Path file = directory.resolve("usage");
    try (UsageCounts counts = UsageCounts.open(file)) {
      for (int i = 0; i < 10_000; i++) {
        assertThat(counts.counter("plan", "key" + i).take(null, SUNDAY)).isTrue();
      }
      counts.counter("plan", "key7").take(null, SUNDAY - 1);
    }
    long size = file.toFile().length();
    try (UsageCounts counts = UsageCounts.open(file)) {
      assertThat(counts.counter("plan", "key7").used(SUNDAY)).isEqualTo(1);
      assertThat(counts.counter("plan", "key7").used(SUNDAY - 1, SUNDAY)).isEqualTo(2);
      counts.retain(Set.of(UsageCounts.name("plan", "key7")));
      assertThat(counts.find("plan", "key8")).isEmpty();
      for (int i = 0; i < 9_000; i++) {
        assertThat(counts.counter("other", "key" + i).used(SUNDAY)).isZero();
      }
    }
    assertThat(file.toFile().length()).isEqualTo(size);
  }

  @Test
  void periodsBeginOnTheDayThatTheOffsetSays() {
    assertThat(start("WEEK", 0, "2026-11-22")).isEqualTo("2026-11-22");
    assertThat(start("WEEK", 0, "2026-11-28")).isEqualTo("2026-11-22");
    assertThat(start("WEEK", 1, "2026-11-22")).isEqualTo("2026-11-16");
    assertThat(start("MONTH", 0, "2026-11-22")).isEqualTo("2026-11-01");
    assertThat(start("MONTH", 24, "2026-11-22")).isEqualTo("2026-10-25");
    assertThat(start("DAY", 0, "2026-11-22")).isEqualTo("2026-11-22");
  }

  private static String start(String period, int offset, String day) {
    long start = QuotaPeriod.start(new Quota(1, offset, period), LocalDate.parse(day).toEpochDay());
    return LocalDate.ofEpochDay(start).toString();
  }

  @Test
  void aQuotaOfAWeekCountsItsDaysTogetherAndBeginsAnew() {
    Quota quota = new Quota(3, 0, "WEEK");
    UsageCounter counter = UsageCounts.inMemory().counter("p", "k");
    assertThat(counter.take(quota, SUNDAY)).isTrue();
    assertThat(counter.take(quota, SUNDAY + 2)).isTrue();
    assertThat(counter.take(quota, SUNDAY + 6)).isTrue();
    assertThat(counter.take(quota, SUNDAY + 6)).isFalse();
    assertThat(counter.left(quota, SUNDAY + 1)).isEqualTo(2);
    assertThat(counter.take(quota, SUNDAY + 7)).isTrue();
    counter.setLeft(quota, SUNDAY + 7, 5);
    assertThat(counter.left(quota, SUNDAY + 7)).isEqualTo(5);
    assertThat(counter.left(quota, SUNDAY + 14)).isEqualTo(3);
  }
}
