package dev.gatehouse.cli;

import dev.gatehouse.cli.demo.Demo;
import dev.gatehouse.cli.demo.Distribution;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gatehouse demo}. */
@Command(
    name = "demo",
    header = "Run the image pipeline from end to end, and check the result.",
    description = {
      "",
      "Starts a Gatehouse on a fresh data directory (on port 4566, or a free one where that is taken),"
          + " creates a bucket, a function and an API, starts a service behind it, sends an image up,"
          + " has it processed, and fetches the result.",
      ""
    },
    subcommands = ChatDemoCommand.class,
    commandListHeading = "%nAnother demo:%n",
    footer = {"", "Example: gatehouse demo --once"})
final class DemoCommand implements Callable<Integer> {

  @Option(
      names = "--once",
      description = "Stop everything at the end; exit 0 only if every check held.")
  private boolean once;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Demo.run(new Distribution(Launch.current().home()), System.out, !once);
    return 0;
  }
}
