package dev.gatehouse.cli.watch;

import dev.gatehouse.cli.remote.Advice;
import dev.gatehouse.cli.remote.ApiChoice;
import dev.gatehouse.cli.remote.CallFailed;
import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.cli.remote.Server;
import dev.gatehouse.cli.remote.Spans;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse logs}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "logs",
    header = "Show the log of a function, the access log of an API, or any log group.",
    footer = {
      "",
      "Examples: gatehouse logs --follow my-function",
      "          gatehouse logs --since 1h --filter '{ $.status = 5* }' --api my-api"
    })
public final class LogsCommand implements Callable<Integer> {
  private static final String NOT_BEGUN = "log group does not exist";
  private static final Duration BETWEEN = Duration.ofMillis(500);

  @Spec private CommandSpec spec;

  @Mixin private Server server;

  @ArgGroup(multiplicity = "1")
  private Source source;

  /** One of the three. */
  private static final class Source {
    @Parameters(
        index = "0",
        arity = "0..1",
        paramLabel = "FUNCTION",
        description = "Name of the function.")
    private @Nullable String function;

    @Option(
        names = "--api",
        paramLabel = "API",
        description = "Id or name of the API whose access log is shown.")
    private @Nullable String api;

    @Option(names = "--group", paramLabel = "GROUP", description = "Name of the log group.")
    private @Nullable String group;
  }

  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      description = "The API's stage. Default: the first one that has an access log.")
  private @Nullable String stage;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on as events come. Ends with Ctrl-C.")
  private boolean follow;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "How far back, such as 30s, 10m, 2h or 1d. Default: 10m.")
  private String since = "10m";

  @Option(
      names = "--filter",
      paramLabel = "PATTERN",
      description = "Only what a filter pattern of CloudWatch Logs finds.")
  private String filter = "";

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    long from = Instant.now().minus(Spans.parse(spec, since)).toEpochMilli();
    try (ControlClient client = server.connect()) {
      String group = group(client);
      LogTail tail = new LogTail(client, group, filter, from);
      Advice.on(
          400,
          "nothing has been logged to " + group + " yet, or the filter is wrong",
          () -> show(tail, out));
      while (follow) {
        out.flush();
        Thread.sleep(BETWEEN);
        show(tail, out);
      }
    }
    out.flush();
    return 0;
  }

  /** Shows what has come. Who follows a log that has not begun waits for its first event. */
  private int show(LogTail tail, PrintWriter out) throws InterruptedException {
    try {
      return tail.next(event -> print(out, event));
    } catch (CallFailed failed) {
      if (follow && String.valueOf(failed.getMessage()).contains(NOT_BEGUN)) {
        return 0;
      }
      throw failed;
    }
  }

  private void print(PrintWriter out, JsonNode event) {
    if (server.json()) {
      out.println(event);
    } else {
      Instant time = Instant.ofEpochMilli(event.path("timestamp").asLong(0));
      String text = event.path("message").asString("");
      out.println(time + " " + text.replaceAll("[\\p{Cc}&&[^\t\n]]", " "));
    }
  }

  private String group(ControlClient client) throws InterruptedException {
    if (source.group != null) {
      return source.group;
    }
    return source.api == null ? "/aws/lambda/" + source.function : accessLog(client, source.api);
  }

  private String accessLog(ControlClient client, String api) throws InterruptedException {
    for (JsonNode each : client.all(new ApiChoice(client).resource(api) + "/stages")) {
      String arn = each.path("accessLogSettings").path("destinationArn").asString("");
      int at = arn.indexOf(":log-group:");
      if (at >= 0 && (stage == null || each.path("stageName").asString("").equals(stage))) {
        return arn.substring(at + ":log-group:".length());
      }
    }
    throw new CallFailed(
        0,
        "no stage of "
            + api
            + " has an access log; set one with aws apigatewayv2 update-stage"
            + " --access-log-settings");
  }
}
