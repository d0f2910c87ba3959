package dev.gatehouse.conformance.rig;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Chromium that is installed, without a window, spoken to by its DevTools protocol. */
public final class Chromium implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Program program;
  private final int port;

  private Chromium(Program program, int port) {
    this.program = program;
    this.port = port;
  }

  /** Starts it with a profile in a folder. */
  public static Chromium start(Path folder) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "chromium",
                "--headless=new",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--ignore-certificate-errors", // nobody has told this profile of our CA
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder.toAbsolutePath()));
    if (System.getProperty("user.name").equals("root")) {
      command.add("--no-sandbox"); // it has none for root
    }
    command.add("about:blank");
    Program program = Program.start(folder, Map.of(), command.toArray(String[]::new));
    try {
      Path file = folder.resolve("DevToolsActivePort");
      int port = Eventually.eventually("the port of Chromium", START, () -> port(program, file));
      return new Chromium(program, port);
    } catch (Exception | AssertionError failed) {
      program.close();
      throw failed;
    }
  }

  private static Optional<Integer> port(Program program, Path file) throws IOException {
    if (!program.process().isAlive()) {
      throw new AssertionError("Chromium ended at its start:\n" + program.output());
    }
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    return lines.size() < 2 ? Optional.empty() : Optional.of(Integer.parseInt(lines.getFirst()));
  }

  /** Opens a page in a tab of its own. */
  public Tab open(URI page) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
            .method("PUT", BodyPublishers.noBody())
            .build();
    String made = http.send(request, BodyHandlers.ofString()).body();
    String url = Reply.parse(made).path("webSocketDebuggerUrl").asString();
    Tab tab = Tab.connect(http, URI.create(url));
    tab.open(page);
    return tab;
  }

  @Override
  public void close() throws IOException {
    program.close();
    http.shutdownNow();
  }
}
