package dev.gatehouse.cli.transfer;

import dev.gatehouse.cli.remote.CallFailed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse download}: what is cut short leaves no file. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "download",
    header = "Download a file through a presigned URL.",
    footer = {"", "Example: gatehouse download images/cat.png cat.png"})
public final class DownloadCommand implements Callable<Integer> {
  private static final int CHUNK = 64 * 1024;
  private static final int ERROR = 4_096;

  @Spec private CommandSpec spec;

  @Mixin private Presigning presigning;

  @Parameters(index = "0", paramLabel = "KEY", description = "The object's key.")
  private String key;

  @Parameters(index = "1", paramLabel = "FILE", description = "Where to put it.")
  private Path file;

  @Override
  public Integer call() throws InterruptedException, IOException {
    Elapsed elapsed = new Elapsed();
    Path aside = file.resolveSibling(file.getFileName() + ".part");
    long bytes;
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(presigning.url(http, "download", key)).build();
      elapsed.presigned();
      HttpResponse<InputStream> answer =
          Presigning.send(http, request, BodyHandlers.ofInputStream());
      try (InputStream in = answer.body()) {
        if (answer.statusCode() != 200) {
          throw refused(answer.statusCode(), in);
        }
        long total = answer.headers().firstValueAsLong("content-length").orElse(-1);
        bytes = copy(in, aside, elapsed.progress(spec, presigning.json(), total));
      }
      Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(aside);
    }
    spec.commandLine()
        .getOut()
        .println(elapsed.report("downloaded", key, file.toString(), bytes, presigning.json()));
    return 0;
  }

  private static CallFailed refused(int status, InputStream in) throws IOException {
    String text = new String(in.readNBytes(ERROR), StandardCharsets.UTF_8);
    return new CallFailed(
        status, "the download was answered with " + status + ": " + Presigning.start(text));
  }

  private static long copy(InputStream in, Path to, Progress progress) throws IOException {
    long bytes = 0;
    byte[] chunk = new byte[CHUNK];
    try (OutputStream out = Files.newOutputStream(to)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        out.write(chunk, 0, read);
        bytes += read;
        progress.moved(read);
      }
    }
    progress.end();
    return bytes;
  }
}
