package dev.gatehouse.objects.s3proxy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * Serves the folder named by the one argument. Key id and secret come in as the first two lines of
 * the standard input, so that no list of processes shows them; the port goes out as {@code port N}.
 * The end of the standard input is the end of the process: a parent that is killed, however hard,
 * closes it.
 */
public final class Main {
  private static final int MAX_THREADS = 64;
  private static final long STOP_MILLIS = 2_000;

  private Main() {}

  public static void main(String[] args) throws Exception {
    Signals.ignore("INT", "TERM", "HUP");
    PrintStream out = System.out;
    System.setOut(System.err);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    S3Proxy proxy = proxy(args[0], line(in), line(in));
    proxy.start();
    out.println("port " + proxy.getPort());
    out.flush();
    awaitEnd(in);
    Thread.ofPlatform().daemon().start(Main::haltSoon);
    proxy.stop();
    System.exit(0);
  }

  private static S3Proxy proxy(String folder, String keyId, String secret) {
    return S3Proxy.builder()
        .blobStore(new FilesystemNio2BlobStore(folder))
        .endpoint(URI.create("http://127.0.0.1:0"))
        .awsAuthentication(AuthenticationType.AWS_V4, keyId, secret)
        .jettyMaxThreads(MAX_THREADS)
        .stopTimeout(STOP_MILLIS)
        .build();
  }

  private static String line(BufferedReader in) throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new IOException("two lines were expected on the standard input");
    }
    return line;
  }

  /** Nothing more is ever said; only the end counts. */
  private static void awaitEnd(BufferedReader in) throws IOException {
    String line = in.readLine();
    while (line != null) {
      line = in.readLine();
    }
  }

  private static void haltSoon() {
    try {
      Thread.sleep(2 * STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(0);
  }
}
