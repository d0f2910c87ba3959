package dev.gatehouse.objects;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of S3Proxy. Its standard input stays open as long as we live: when it ends, so does the
 * process, even where we were killed.
 */
final class S3ProxyProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(S3ProxyProcess.class);
  private static final String MAIN = "dev.gatehouse.objects.s3proxy.Main";
  private static final String PORT = "port ";
  private static final String REGION = "us-east-1";
  private static final int START_SECONDS = 60;
  private static final int STOP_SECONDS = 5;

  private final Process process;
  private final Endpoint endpoint;

  private S3ProxyProcess(Process process, Endpoint endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  static S3ProxyProcess start(Path java, Path library, Path folder, String keyId, String secret)
      throws IOException {
    long start = System.nanoTime();
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                java.toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-cp",
                library.resolve("*").toString(),
                MAIN,
                folder.toAbsolutePath().toString()));
    builder.environment().put("LC_ALL", "C.UTF-8"); // keys are names of files
    Process process = builder.start();
    try {
      Thread.ofVirtual().name("s3proxy-log").start(new ProcessLog(process.errorReader(), LOG));
      OutputStream in = process.getOutputStream();
      in.write((keyId + "\n" + secret + "\n").getBytes(StandardCharsets.US_ASCII));
      in.flush();
      int port = port(process.inputReader());
      LOG.info("S3Proxy serves {} ({} ms)", folder, (System.nanoTime() - start) / 1_000_000);
      return new S3ProxyProcess(
          process,
          new Endpoint(URI.create("http://127.0.0.1:" + port), REGION, keyId, secret, null));
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  Endpoint endpoint() {
    return endpoint;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static int port(BufferedReader out) throws IOException {
    FutureTask<@Nullable String> line = new FutureTask<>(out::readLine);
    Thread.ofVirtual().name("s3proxy-port").start(line);
    try {
      String said = line.get(START_SECONDS, TimeUnit.SECONDS);
      if (said == null || !said.startsWith(PORT)) {
        throw new IOException("S3Proxy ended before it was ready");
      }
      return Integer.parseInt(said.substring(PORT.length()));
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("S3Proxy did not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while S3Proxy started", e);
    }
  }
}
