package dev.gatehouse.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.logs.LogStore.Bounds;
import dev.gatehouse.model.Scope;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogStoreTest {
  private static final Scope SCOPE = new Scope("123456789012", "us-east-1");
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_000));
  private static final Bounds WIDE = new Bounds(1 << 20, 1 << 20, 2, 4);

  @TempDir Path root;

  private LogStore store(Bounds bounds) {
    return new LogStore(root, bounds, CLOCK, System::nanoTime);
  }

  private static LogName access(String group) {
    return new LogName(SCOPE, group, LogName.ACCESS);
  }

  private Path file(String group) {
    return new Layout(root).file(access(group));
  }

  private static List<String> read(LogStore store, LogName name) {
    List<String> read = new ArrayList<>();
    try (StreamEvents events = store.open(name)) {
      for (long at = events.first(); at < events.end(); at++) {
        LogEvent event = events.event(at);
        read.add(event.sequence() + " " + event.millis() + " " + events.message(event));
      }
    }
    return read;
  }

  @Test
  void everyLineIsThereInOrderWhenItIsClosed() throws Exception {
    try (LogStore store = store(WIDE);
        ExecutorService loops = Executors.newFixedThreadPool(4)) {
      store.start();
      for (int loop = 0; loop < 4; loop++) {
        int self = loop;
        loops.submit(() -> {
          for (int i = 0; i < 1_000; i++) {
            store.write(access("g" + self), i, self + " " + i);
          }
        });
      }
    }
    for (int loop = 0; loop < 4; loop++) {
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        expected.add(loop + " " + i);
      }
      assertThat(Files.readAllLines(file("g" + loop))).isEqualTo(expected);
    }
  }

  @Test
  void aDeliveryStreamHasAFileOfItsOwnAndIsNoGroup() throws Exception {
    try (LogStore store = store(WIDE)) {
      store.start();
      store.write(new LogName(SCOPE, "amazon-apigateway-s", LogName.DELIVERED), 0, "streamed");
      store.write(access("firehose"), 0, "grouped");
      store.settle();
      assertThat(store.groups(SCOPE).stream().map(LogGroup::name)).containsExactly("firehose");
    }
    Path folder = root.resolve("access/123456789012/us-east-1");
    assertThat(Files.readAllLines(folder.resolve("firehose/amazon-apigateway-s.log")))
        .containsExactly("streamed");
    assertThat(Files.readAllLines(folder.resolve("firehose.log"))).containsExactly("grouped");
  }

  @Test
  void aLogGroupIsNeverAPath() throws Exception {
    List<String> groups =
        List.of("../../x", "/aws/api", "..", ".", "a\\b", "ä", "n".repeat(600), "C:", "a%2Fb");
    try (LogStore store = store(WIDE)) {
      store.start();
      groups.forEach(group -> store.write(access(group), 0, group));
      groups.forEach(group -> store.write(new LogName(SCOPE, group, group), 0, group));
      store.settle();
      assertThat(store.groups(SCOPE).stream().map(LogGroup::name))
          .containsExactlyInAnyOrderElementsOf(groups);
      for (String group : groups) {
        assertThat(store.streams(SCOPE, group).stream().map(LogName::stream))
            .containsExactlyInAnyOrder(LogName.ACCESS, group);
      }
    }
    Path folder = root.resolve("access/123456789012/us-east-1");
    try (Stream<Path> made = Files.walk(folder)) {
      assertThat(made.filter(path -> path.toString().endsWith(".log")))
          .hasSize(groups.size())
          .allMatch(path -> path.getParent().equals(folder))
          .allMatch(path -> path.getFileName().toString().length() < 255);
    }
    assertThat(file("/aws/api").getFileName()).hasToString("%2Faws%2Fapi.log");
    assertThat(file("..").getFileName()).hasToString("%2E..log");
  }

  @Test
  void aFullFileBecomesTheOlderOneAndNumbersGoOn() throws Exception {
    try (LogStore store = store(new Bounds(1 << 20, 100, 2, 4))) {
      store.start();
      for (int i = 0; i < 30; i++) {
        store.write(access("g"), i, "line %04d".formatted(i));
      }
      store.settle();
      assertThat(read(store, access("g")))
          .hasSize(20)
          .startsWith("10 10 line 0010")
          .endsWith("29 29 line 0029");
    }
    assertThat(Files.readAllLines(LogFile.older(file("g"))))
        .hasSize(10)
        .last()
        .isEqualTo("line 0019");
    assertThat(Files.readAllLines(file("g"))).hasSize(10).last().isEqualTo("line 0029");
  }

  @Test
  void whatTheQueueCannotHoldIsDroppedAndCounted() throws Exception {
    LogStore store = store(new Bounds(1_000, 1 << 20, 2, 4));
    AtomicInteger resumed = new AtomicInteger();
    for (int i = 0; i < 100; i++) {
      assertThat(store.write(access("g"), 0, "x".repeat(72))).isEqualTo(i < 5);
    }
    assertThat(store.dropped()).isEqualTo(95);
    assertThat(store.pressed()).isTrue();
    store.whenRoom(resumed::incrementAndGet);
    assertThat(resumed).hasValue(0);
    store.start();
    store.close();
    assertThat(resumed).hasValue(1);
    assertThat(Files.readAllLines(file("g"))).hasSize(5);
  }

  /** A pipe that nobody reads is a disk that hangs. */
  @Test
  void aDiskThatHangsHoldsNobodyUpAndMemoryIsBounded() throws Exception {
    Files.createDirectories(file("g").getParent());
    Process made = new ProcessBuilder("mkfifo", file("g").toString()).start();
    assertThat(made.waitFor()).isZero();
    try (RandomAccessFile unread = new RandomAccessFile(file("g").toFile(), "rw");
        LogStore store = store(new Bounds(100_000, 1 << 20, 2, 4))) {
      store.start();
      int sent = 0;
      for (long taken = System.nanoTime(); System.nanoTime() - taken < HUNG_NANOS; sent++) {
        if (store.write(access("g"), sent, "line %08d".formatted(sent))) {
          taken = System.nanoTime();
        } else {
          LockSupport.parkNanos(10_000);
        }
      }
      assertThat(store.queued()).isBetween(1L, 100_000L);
      assertThat(store.pressed()).isTrue();
      assertThat(store.dropped()).isPositive();
      long dropped = store.dropped();
      byte[] lines = new byte[(int) (sent - dropped) * LINE];
      unread.readFully(lines);
      assertThat(new String(lines, StandardCharsets.UTF_8).lines())
          .as("every line that was not dropped")
          .hasSize((int) (sent - dropped))
          .startsWith("line 00000000")
          .doesNotHaveDuplicates();
    }
  }

  private static final int LINE = "line 00000000\n".length();

  /** The writer has stopped where nothing has been taken for that long. */
  private static final long HUNG_NANOS = 500_000_000;

  @Test
  void aFolderThatCannotBeWrittenStopsNothing() throws Exception {
    Files.createDirectories(root.resolve("access"));
    Files.writeString(root.resolve("access/123456789012"), "in the way");
    LogName elsewhere = new LogName(new Scope("210987654321", "us-east-1"), "g", LogName.ACCESS);
    LogStore store = store(WIDE);
    store.write(access("g"), 0, "lost");
    store.write(elsewhere, 0, "kept");
    store.start();
    store.close();
    assertThat(store.dropped()).isEqualTo(1);
    assertThat(Files.readAllLines(new Layout(root).file(elsewhere))).containsExactly("kept");
  }

  @Test
  void aFullDiskStopsNothingAndLosesOnlyWhatItDidNotTake() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    Files.createDirectories(file("g").getParent());
    Files.createSymbolicLink(file("g"), full);
    try (LogStore store = store(WIDE)) {
      store.start();
      for (int i = 0; i < 3; i++) {
        store.write(access("g"), 0, "lost");
        store.write(access("h"), 0, "kept");
      }
      store.settle();
      assertThat(store.dropped()).isEqualTo(3);
      Files.delete(file("g"));
      store.write(access("g"), 0, "the disk has room again");
      store.settle();
      assertThat(read(store, access("g"))).hasSize(1).first().asString().endsWith("room again");
    }
    assertThat(Files.readAllLines(file("h"))).containsExactly("kept", "kept", "kept");
  }

  @Test
  void aFileThatWasTakenAwayIsMadeAnewAndNumbersGoOn() throws Exception {
    try (LogStore store = store(WIDE)) {
      store.start();
      store.write(access("g"), 1, "before");
      store.settle();
      Files.delete(file("g"));
      store.write(access("g"), 2, "after");
      store.write(access("g"), 3, "and on");
      store.settle();
      assertThat(read(store, access("g"))).containsExactly("1 2 after", "2 3 and on");
      Files.writeString(file("g"), "");
      store.write(access("g"), 4, "emptied");
      store.settle();
      assertThat(read(store, access("g"))).last().asString().endsWith(" 4 emptied");
    }
  }

  @Test
  void aLineThatWasCutShortDoesNotSpoilTheNext() throws Exception {
    Files.createDirectories(file("g").getParent());
    Files.writeString(file("g"), "whole\ncut sh");
    try (LogStore store = store(WIDE)) {
      store.start();
      store.write(access("g"), 0, "next");
      store.settle();
      assertThat(read(store, access("g"))).hasSize(3).last().isEqualTo("2 0 next");
    }
    assertThat(Files.readAllLines(file("g"))).containsExactly("whole", "cut sh", "next");
  }

  @Test
  void aMessageOfSeveralLinesIsOneEventAlsoAfterARestart() throws Exception {
    LogName name = new LogName(SCOPE, "/aws/lambda/f", "2026/11/22/[$LATEST]ab");
    for (int round = 0; round < 2; round++) {
      try (LogStore store = store(WIDE)) {
        store.start();
        store.write(name, round, "a\n  at b\n");
      }
    }
    try (LogStore store = store(WIDE)) {
      assertThat(read(store, name)).containsExactly("0 0 a\n  at b", "1 1 a\n  at b");
    }
  }

  @Test
  void aClockThatJumpsBackLosesNothing() throws Exception {
    try (LogStore store = store(WIDE)) {
      store.start();
      for (long millis : new long[] {5_000, 1, 9_000, -7}) {
        store.write(access("g"), millis, "x");
      }
      store.settle();
      assertThat(read(store, access("g")))
          .containsExactly("0 5000 x", "1 1 x", "2 9000 x", "3 -7 x");
    }
  }

  @Test
  void theOldestStreamsOfAGroupMakeRoomForNewOnes() throws Exception {
    try (LogStore store = store(WIDE)) {
      store.start();
      for (int i = 0; i < 10; i++) {
        store.write(new LogName(SCOPE, "g", "s" + i), 0, "x");
      }
      store.settle();
      assertThat(store.streams(SCOPE, "g")).hasSize(4);
    }
  }

  @Test
  void whatIsDeletedIsGoneAndMayBeginAnew() throws Exception {
    LogName name = new LogName(SCOPE, "g", "s");
    try (LogStore store = store(WIDE)) {
      store.start();
      store.write(name, 0, "old");
      store.write(access("g"), 0, "old");
      assertThat(store.delete(SCOPE, "g")).isTrue();
      assertThat(store.delete(SCOPE, "g")).isFalse();
      assertThat(store.groups(SCOPE)).isEmpty();
      store.write(name, 0, "new");
      store.settle();
      assertThat(read(store, name)).containsExactly("0 0 new");
    }
    try (Stream<Path> files = Files.walk(root)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(2);
    }
  }
}
