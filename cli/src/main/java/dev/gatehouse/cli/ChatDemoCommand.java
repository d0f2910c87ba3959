package dev.gatehouse.cli;

import dev.gatehouse.cli.demo.ChatDemo;
import dev.gatehouse.cli.demo.Distribution;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gatehouse demo chat}. */
@Command(
    name = "chat",
    header = "Run a chat over a WebSocket API, with a page for the browser.",
    description = {
      "",
      "Starts a Gatehouse on a fresh data directory (on port 4566, or a free one where that is taken),"
          + " creates a bucket, functions, a WebSocket API and an HTTP API with the page, has two"
          + " clients talk to each other, and prints where the page is.",
      ""
    },
    footer = {"", "Example: gatehouse demo chat"})
final class ChatDemoCommand implements Callable<Integer> {
  @Option(
      names = "--once",
      description = "Stop everything at the end; exit 0 only if every check held.")
  private boolean once;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ChatDemo.run(new Distribution(Launch.current().home()), System.out, !once);
    return 0;
  }
}
