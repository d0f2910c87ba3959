package dev.gatehouse.cli.transfer;

import dev.gatehouse.cli.remote.CallFailed;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse upload}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "upload",
    header = "Upload a file through a presigned URL.",
    footer = {"", "Example: gatehouse upload cat.png images/cat.png"})
public final class UploadCommand implements Callable<Integer> {
  private static final Duration LONGEST = Duration.ofHours(6);

  @Spec private CommandSpec spec;

  @Mixin private Presigning presigning;

  @Parameters(index = "0", paramLabel = "FILE", description = "What to upload.")
  private Path file;

  @Parameters(index = "1", paramLabel = "KEY", description = "The object's key.")
  private String key;

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new CallFailed(0, "there is no readable file " + file + "; check the path");
    }
    Elapsed elapsed = new Elapsed();
    long bytes = Files.size(file);
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI url = presigning.url(http, "upload", key);
      elapsed.presigned();
      Progress progress = elapsed.progress(spec, presigning.json(), bytes);
      HttpRequest request =
          HttpRequest.newBuilder(url)
              .timeout(LONGEST)
              .PUT(
                  BodyPublishers.fromPublisher(
                      BodyPublishers.ofInputStream(() -> watched(progress)), Math.max(bytes, 1)))
              .build();
      HttpResponse<String> answer =
          Presigning.send(http, bytes == 0 ? empty(url) : request, BodyHandlers.ofString());
      progress.end();
      if (answer.statusCode() != 200) {
        throw new CallFailed(
            answer.statusCode(),
            "the upload was answered with "
                + answer.statusCode()
                + ": "
                + Presigning.start(answer.body()));
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(elapsed.report("uploaded", file.toString(), key, bytes, presigning.json()));
    return 0;
  }

  private static HttpRequest empty(URI url) {
    return HttpRequest.newBuilder(url).PUT(BodyPublishers.noBody()).build();
  }

  private InputStream watched(Progress progress) {
    try {
      return new FilterInputStream(Files.newInputStream(file)) {
        @Override
        public int read(byte[] into, int from, int most) throws IOException {
          int read = super.read(into, from, most);
          progress.moved(Math.max(read, 0));
          return read;
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
