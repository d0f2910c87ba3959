package dev.gatehouse.conformance.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** The one server that most tests share; it is started by the first and stopped after the last. */
public final class SharedGatehouse implements LauncherSessionListener {
  private static RunningGatehouse running;
  private static Path directory;
  private static Issuers issuers;
  private static boolean failed;

  /** What a test does with the server. */
  public interface Use {
    /** Does it. */
    void with(RunningGatehouse gatehouse, Http http) throws Exception;
  }

  /** Lends the shared server. */
  public static void withGatehouse(Use use) throws Exception {
    RunningGatehouse gatehouse = gatehouse();
    use.with(gatehouse, gatehouse.http());
  }

  private static synchronized RunningGatehouse gatehouse() throws Exception {
    if (failed) {
      throw new IllegalStateException(
          "Gatehouse did not start; the first test that failed says why");
    }
    if (running == null) {
      failed = true;
      directory = Files.createTempDirectory("gatehouse-conformance");
      issuers = Issuers.start();
      running = RunningGatehouse.start(data(), issuers.configuration());
      failed = false;
    }
    return running;
  }

  /** An issuer of tokens of which the shared server knows nothing yet. */
  public static synchronized Issuer issuer() throws Exception {
    gatehouse();
    return issuers.fresh();
  }

  /** The data directory of the shared server. */
  public static Path data() {
    return directory.resolve("data");
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    stop();
  }

  private static synchronized void stop() {
    if (running == null) {
      return;
    }
    try {
      running.close();
      issuers.close();
      delete(directory);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    running = null;
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes any) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path empty, IOException failure)
              throws IOException {
            Files.deleteIfExists(empty);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
