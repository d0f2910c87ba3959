package dev.gatehouse.conformance.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Buffers that a server has lost, as Netty's detector tells where {@code .ci/soak leaks} has turned
 * it on. It tells of a buffer that was collected without having been given back, and only when the
 * next one is made; so a server that is about to stop collects, and is asked a little more.
 */
final class Leaks {
  private static final boolean ON = System.getenv("GATEHOUSE_TEST_LEAKS") != null;
  private static final Path REPORT = Path.of("target", "leaks.txt");
  private static final int ROUNDS = 2;
  private static final int REQUESTS = 20;

  private Leaks() {}

  /** Fails where the server has lost any; notes that it was looked at. */
  static void check(RunningGatehouse gatehouse) {
    if (!ON || !gatehouse.process().isAlive()) {
      return;
    }
    try {
      for (int round = 0; round < ROUNDS; round++) {
        collect(gatehouse.process().pid());
        for (int i = 0; i < REQUESTS; i++) {
          gatehouse.http().get("/_gatehouse/health");
        }
      }
      report(gatehouse.log().lines().filter(line -> line.contains("LEAK:")).toList());
    } catch (IOException | InterruptedException unasked) {
      throw new IllegalStateException("The server could not be asked for leaks", unasked);
    }
  }

  private static void collect(long pid) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!jcmd.waitFor(60, TimeUnit.SECONDS) || jcmd.exitValue() != 0) {
      throw new IOException("jcmd could not make " + pid + " collect");
    }
  }

  private static synchronized void report(List<String> leaks) throws IOException {
    Files.createDirectories(REPORT.getParent());
    String text = "looked at a server\n" + String.join("\n", leaks) + "\n";
    Files.writeString(REPORT, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    if (!leaks.isEmpty()) {
      throw new AssertionError("Buffers were lost: " + leaks);
    }
  }
}
