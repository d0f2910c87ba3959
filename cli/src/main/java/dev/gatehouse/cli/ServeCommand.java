package dev.gatehouse.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gatehouse serve}. */
@Command(
    name = "serve",
    header = "Run a server on this machine.",
    description = {
      "",
      "Listens on 127.0.0.1, unless configured otherwise. Point AWS tools at it with their endpoint"
          + " option or with AWS_ENDPOINT_URL; the key is test, the secret is test, unless"
          + " signatures are checked (auth: verify).",
      ""
    },
    footer = {"", "Example: gatehouse serve --port 4566 --data ./data"})
final class ServeCommand implements Callable<Integer> {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Configuration (YAML); the flags go before it. Default: gatehouse.yaml in the data"
              + " directory, if there is one.")
  private @Nullable Path config;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on, 0 for a free one. Default: the file's, or 4566.")
  private @Nullable Integer port;

  @ArgGroup private @Nullable Place place;

  @SuppressWarnings("UnusedVariable") // picocli sets it
  @Option(names = "--rehearse", hidden = true)
  private boolean rehearse;

  /**
   * Where the data is; only one of the two, so that no directory that was named is ever deleted.
   */
  private static final class Place {

    @Option(
        names = "--data",
        paramLabel = "DIR",
        description =
            "Directory that everything is kept in. Default: gatehouse in $XDG_DATA_HOME or"
                + " ~/.local/share.")
    private @Nullable Path data;

    @Option(
        names = "--ephemeral",
        description = "Keep everything in a temporary directory, deleted at the end.")
    private boolean ephemeral;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path data = place == null ? null : place.data;
    boolean ephemeral = place != null && place.ephemeral;
    Serving.run(new ServeOptions(config, port, data, ephemeral, rehearse), Launch.current());
    return 0;
  }
}
