package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.server.AccessLogFiles.Bounds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogFilesTest {
  private static final String ARN = "arn:aws:logs:us-east-1:123456789012:log-group:";
  private static final Bounds WIDE = new Bounds(1 << 20, 1 << 20, 2);

  @TempDir Path root;

  private AccessLogFiles files(Bounds bounds) {
    return new AccessLogFiles(root, bounds, System::nanoTime);
  }

  private Path file(String group) {
    return LogGroup.file(root, ARN + group);
  }

  @Test
  void everyLineIsThereInOrderWhenItIsClosed() throws Exception {
    try (AccessLogFiles log = files(WIDE);
        ExecutorService loops = Executors.newFixedThreadPool(4)) {
      log.start();
      for (int loop = 0; loop < 4; loop++) {
        int self = loop;
        loops.submit(() -> {
          for (int i = 0; i < 1_000; i++) {
            log.write(ARN + "g" + self, self + " " + i);
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
  void aDeliveryStreamHasAFileOfItsOwn() throws Exception {
    String stream = "arn:aws:firehose:us-east-1:123456789012:deliverystream/amazon-apigateway-s";
    try (AccessLogFiles log = files(WIDE)) {
      log.start();
      log.write(stream, "streamed");
      log.write(ARN + "deliverystream/amazon-apigateway-s", "grouped");
    }
    Path folder = root.resolve("123456789012/us-east-1");
    assertThat(Files.readAllLines(folder.resolve("firehose/amazon-apigateway-s.log")))
        .containsExactly("streamed");
    assertThat(Files.readAllLines(file("deliverystream/amazon-apigateway-s")))
        .containsExactly("grouped");
  }

  @Test
  void aLogGroupIsNeverAPath() throws Exception {
    List<String> groups =
        List.of("../../x", "/aws/api", "..", ".", "a\\b", "ä", "n".repeat(600), "C:", "a%2Fb");
    try (AccessLogFiles log = files(WIDE)) {
      log.start();
      groups.forEach(group -> log.write(ARN + group, group));
    }
    Path folder = root.resolve("123456789012").resolve("us-east-1");
    try (Stream<Path> made = Files.walk(root)) {
      assertThat(made.filter(Files::isRegularFile))
          .hasSize(groups.size())
          .allMatch(path -> path.getParent().equals(folder))
          .allMatch(path -> path.getFileName().toString().length() < 255);
    }
    assertThat(file("/aws/api").getFileName()).hasToString("%2Faws%2Fapi.log");
    assertThat(file("..").getFileName()).hasToString("%2E..log");
  }

  @Test
  void aFullFileBecomesTheOlderOne() throws Exception {
    try (AccessLogFiles log = files(new Bounds(1 << 20, 100, 2))) {
      log.start();
      for (int i = 0; i < 30; i++) {
        log.write(ARN + "g", "line %04d".formatted(i));
      }
    }
    assertThat(Files.readAllLines(LogFile.older(file("g"))))
        .hasSize(10)
        .last()
        .isEqualTo("line 0019");
    assertThat(Files.readAllLines(file("g"))).hasSize(10).last().isEqualTo("line 0029");
  }

  @Test
  void whatTheQueueCannotHoldIsDroppedAndCounted() throws Exception {
    AccessLogFiles log = files(new Bounds(1_000, 1 << 20, 2));
    for (int i = 0; i < 100; i++) {
      log.write(ARN + "g", "x".repeat(36));
    }
    assertThat(log.dropped()).isEqualTo(90);
    log.start();
    log.close();
    assertThat(Files.readAllLines(file("g"))).hasSize(10);
  }

  @Test
  void aFolderThatCannotBeWrittenStopsNothing() throws Exception {
    Files.writeString(root.resolve("123456789012"), "in the way");
    AccessLogFiles log = files(WIDE);
    log.write(ARN + "g", "lost");
    log.write("elsewhere", "kept");
    log.start();
    log.close();
    assertThat(Files.readAllLines(LogGroup.file(root, "elsewhere"))).containsExactly("kept");
  }

  @Test
  void aFullDiskStopsNothing() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    Files.createDirectories(file("g").getParent());
    Files.createSymbolicLink(file("g"), full);
    try (AccessLogFiles log = files(WIDE)) {
      log.start();
      for (int i = 0; i < 3; i++) {
        log.write(ARN + "g", "lost");
        log.write(ARN + "h", "kept");
      }
    }
    assertThat(Files.readAllLines(file("h"))).containsExactly("kept", "kept", "kept");
  }

  @Test
  void aFileThatWasTakenAwayIsMadeAnew() throws Exception {
    LogFile log = new LogFile(file("g"), 1 << 20);
    try (log) {
      log.append("before");
      log.flush();
      Files.delete(file("g"));
      log.append("after");
      log.append("and on");
      log.flush();
    }
    assertThat(Files.readAllLines(file("g"))).containsExactly("after", "and on");
  }

  @Test
  void aLineThatWasCutShortDoesNotSpoilTheNext() throws Exception {
    Files.createDirectories(file("g").getParent());
    Files.writeString(file("g"), "whole\ncut sh");
    try (AccessLogFiles log = files(WIDE)) {
      log.start();
      log.write(ARN + "g", "next");
    }
    assertThat(Files.readAllLines(file("g"))).containsExactly("whole", "cut sh", "next");
  }
}
