package dev.gatehouse.cli.watch;

import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.cli.remote.Server;
import dev.gatehouse.cli.remote.Table;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse status}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "status",
    header = "Show the state of a running server at a glance.",
    footer = {"", "Example: gatehouse status"})
public final class StatusCommand implements Callable<Integer> {
  static final String PATH = "/_gatehouse/status";

  @Spec private CommandSpec spec;

  @Mixin private Server server;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (ControlClient client = server.connectToGatehouse()) {
      JsonNode status = client.get(PATH);
      if (server.json()) {
        out.println(status.toPrettyString());
      } else {
        table(client, status).print(out);
      }
    }
    return 0;
  }

  private static Table table(ControlClient client, JsonNode status) {
    long requests = 0;
    long errors = 0;
    for (JsonNode stage : status.path("stages")) {
      requests += stage.path("requests").asLong(0);
      errors += stage.path("serverErrors").asLong(0);
    }
    Table table = new Table("SERVER", client.endpoint().toString());
    table.add("version", status.path("version").asString(""));
    table.add("uptime", uptime(status));
    table.add("stages served", Integer.toString(status.path("stages").size()));
    table.add("requests", requests + ", " + errors + " of them answered with 5xx");
    table.add("for no stage", status.path("unmatched").asString(""));
    table.add(
        "connections",
        status.path("clients").asString("")
            + " of clients, "
            + status.path("upstreams").asString("")
            + " to backends");
    table.add("held bodies", megabytes(status.path("heldBytes").asLong(0)));
    table.add("heap", megabytes(status.path("heapBytes").asLong(0)));
    table.add(
        "event loops",
        "a task waits " + status.path("loopDelayMicros").asString("") + " µs at most");
    table.add(
        "logs",
        status.path("logQueue").asString("")
            + " characters wait, "
            + status.path("logDropped").asString("")
            + " events were dropped");
    return table;
  }

  private static String uptime(JsonNode status) {
    Instant now = Instant.ofEpochMilli(status.path("millis").asLong(0));
    Duration up = Duration.between(Instant.parse(status.path("started").asString()), now);
    return "%d d %02d:%02d:%02d"
        .formatted(up.toDays(), up.toHoursPart(), up.toMinutesPart(), up.toSecondsPart());
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
