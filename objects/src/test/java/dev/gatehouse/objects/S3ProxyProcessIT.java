package dev.gatehouse.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;

/** The life of the process behind the store. */
final class S3ProxyProcessIT {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Path LIBRARY = Path.of(System.getProperty("gatehouse.objects.lib"));
  @TempDir Path data;

  private S3Proxy proxy() {
    return new S3Proxy(JAVA, LIBRARY, data, new SecureRandom());
  }

  @Test
  void nothingRunsBeforeItIsNeeded() throws IOException {
    try (RunningStore store = new RunningStore(data)) {
      assertThat(RawHttp.send(store.port(), "GET", "/", "localhost", ""))
          .startsWith("HTTP/1.1 403");
      assertThat(store.proxy.process()).isNull();
    }
  }

  @Test
  void callersThatComeTogetherStartOneProcess() throws Exception {
    try (S3Proxy proxy = proxy();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Endpoint>> calls = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        calls.add(proxy::endpoint);
      }
      Endpoint first = proxy.endpoint();
      for (Future<Endpoint> call : threads.invokeAll(calls)) {
        assertThat(call.get()).isEqualTo(first);
      }
    }
  }

  @Test
  void closingEndsTheProcess() throws Exception {
    S3Proxy proxy = proxy();
    proxy.endpoint();
    ProcessHandle process = proxy.process();
    proxy.close();
    process.onExit().get(10, TimeUnit.SECONDS);
    assertThatThrownBy(proxy::endpoint).isInstanceOf(IOException.class);
  }

  @Test
  void aDeadProcessIsStartedAgainAndTheObjectsAreStillThere() throws Exception {
    try (RunningStore store = new RunningStore(data);
        S3Client s3 = store.client()) {
      s3.createBucket(b -> b.bucket("photos"));
      s3.putObject(b -> b.bucket("photos").key("k"), RequestBody.fromString("kept"));
      ProcessHandle first = store.proxy.process();
      first.destroyForcibly();
      first.onExit().get(10, TimeUnit.SECONDS);
      assertThat(s3.listBuckets().buckets()).extracting(Bucket::name).containsExactly("photos");
      assertThat(s3.getObjectAsBytes(b -> b.bucket("photos").key("k")).asUtf8String())
          .isEqualTo("kept");
      assertThat(store.proxy.process().pid()).isNotEqualTo(first.pid());
    }
  }

  @Test
  void aSignalToTheWholeGroupLeavesItRunning() throws Exception {
    try (RunningStore store = new RunningStore(data);
        S3Client s3 = store.client()) {
      s3.createBucket(b -> b.bucket("photos"));
      ProcessHandle process = store.proxy.process();
      String ignored =
          Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
              .filter(line -> line.startsWith("SigIgn:"))
              .findFirst()
              .orElseThrow()
              .substring("SigIgn:".length())
              .strip();
      long hangUpInterruptTerminate = 1 | 1 << 1 | 1 << 14;
      assertThat(HexFormat.fromHexDigitsToLong(ignored) & hangUpInterruptTerminate)
          .isEqualTo(hangUpInterruptTerminate);
      new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();
      assertThat(s3.listObjectsV2(b -> b.bucket("photos")).keyCount()).isZero();
      assertThat(store.proxy.process()).isEqualTo(process);
    }
  }

  @Test
  void strangersOnTheMachineGetNothing() throws Exception {
    try (S3Proxy proxy = proxy()) {
      Endpoint endpoint = proxy.endpoint();
      assertThat(RawHttp.send(endpoint.port(), "GET", "/", endpoint.authority(), ""))
          .startsWith("HTTP/1.1 403");
      assertThat(endpoint.toString()).doesNotContain(endpoint.secret());
      assertThat(Files.readString(Path.of("/proc/" + proxy.process().pid() + "/cmdline")))
          .doesNotContain(endpoint.secret());
    }
  }

  /** A parent that is killed the hard way leaves no process behind. */
  @Test
  void itDiesWithItsParent() throws Exception {
    Process parent =
        new ProcessBuilder(
                JAVA.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dgatehouse.objects.lib=" + LIBRARY,
                Parent.class.getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String line =
          parent
              .inputReader()
              .lines()
              .filter(l -> l.startsWith("child "))
              .findFirst()
              .orElseThrow();
      ProcessHandle child =
          ProcessHandle.of(Long.parseLong(line.substring("child ".length()))).orElseThrow();
      parent.destroyForcibly().waitFor();
      child.onExit().get(10, TimeUnit.SECONDS);
      assertThat(child.isAlive()).isFalse();
    } finally {
      parent.destroyForcibly();
    }
  }

  /** Starts S3Proxy, says which process it is, and waits to be killed. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) throws Exception {
      S3Proxy proxy = new S3Proxy(JAVA, LIBRARY, Path.of(args[0]), new SecureRandom());
      proxy.endpoint();
      System.out.println("child " + proxy.process().pid());
      Thread.sleep(Duration.ofMinutes(5));
    }
  }
}
