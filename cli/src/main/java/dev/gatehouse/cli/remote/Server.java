package dev.gatehouse.cli.remote;

import java.net.URI;
import java.time.InstantSource;
import picocli.CommandLine.Option;

/** The options that say which server is asked and how it is shown. */
public final class Server {

  /** How answers are shown. */
  public enum Output {
    table,
    json
  }

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description =
          "The server. Default: $$AWS_ENDPOINT_URL, else http://localhost:4566. Calls are signed"
              + " with the usual AWS settings (environment, profile), else as test in us-east-1.",
      defaultValue = "${env:AWS_ENDPOINT_URL:-http://localhost:4566}")
  private URI endpoint = URI.create("http://localhost:4566");

  @Option(names = "--output", paramLabel = "FORM", description = "table or json. Default: table.")
  private Output output = Output.table;

  public ControlClient connect() {
    return new ControlClient(endpoint, AwsSettings.of(System.getenv()), InstantSource.system());
  }

  public boolean json() {
    return output == Output.json;
  }
}
