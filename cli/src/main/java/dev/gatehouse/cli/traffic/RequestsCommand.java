package dev.gatehouse.cli.traffic;

import dev.gatehouse.cli.remote.Advice;
import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.cli.remote.Server;
import dev.gatehouse.cli.remote.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse requests}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "requests",
    header = "Show where the time of a recent request went, or list the last ones.",
    footer = {"", "Example: gatehouse requests JCJJxhz4PHcEJgQ="})
public final class RequestsCommand implements Callable<Integer> {
  private static final String PATH = "/_gatehouse/requests";
  private static final String HYPHENATED = "-[A-Za-z0-9_-]{14}=";

  @Spec private CommandSpec spec;

  @Mixin private Server server;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ID",
      description = "The request's id, as the answer's header apigw-requestid has it.")
  private @Nullable String id;

  /**
   * The arguments with an id that begins with a hyphen behind {@code --}, where it is no option.
   * One id in 64 does, of requests and of connections.
   */
  public static String[] idLast(String... arguments) {
    if (arguments.length == 0 || !arguments[0].matches("requests|ws")) {
      return arguments;
    }
    List<String> ordered = new ArrayList<>(List.of(arguments));
    List<String> ids = ordered.stream().filter(each -> each.matches(HYPHENATED)).toList();
    ordered.removeAll(ids);
    if (!ids.isEmpty()) {
      ordered.add("--");
      ordered.addAll(ids);
    }
    return ordered.toArray(String[]::new);
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    String wanted = id;
    try (ControlClient client = server.connectToGatehouse()) {
      JsonNode told =
          wanted == null
              ? client.get(PATH)
              : Advice.on(
                  404,
                  "see the last ones with gatehouse requests",
                  () -> client.get(PATH + "/" + ControlClient.segment(wanted)));
      if (server.json()) {
        out.println(told.toPrettyString());
      } else if (wanted == null) {
        list(told).print(out);
      } else {
        print(told, out);
      }
    }
    return 0;
  }

  private static Table list(JsonNode told) {
    Table table = new Table("REQUEST", "TIME", "STATUS", "MS", "METHOD", "PATH", "ROUTE");
    for (JsonNode each : told.path("items")) {
      table.add(
          each.path("requestId").asString(""),
          each.path("time").asString(""),
          each.path("status").asString("-"),
          each.path("millis").asString(""),
          each.path("method").asString(""),
          each.path("path").asString(""),
          each.path("routeKey").asString("-"));
    }
    return table;
  }

  private static void print(JsonNode told, PrintWriter out) {
    Table facts = new Table("REQUEST", told.path("requestId").asString(""));
    told.properties().stream()
        .filter(member -> member.getValue().isValueNode() && !member.getKey().equals("requestId"))
        .forEach(member -> facts.add(member.getKey(), member.getValue().asString("")));
    facts.print(out);
    out.println();
    Table phases = new Table("PHASE", "FROM MS", "TAKES MS");
    for (JsonNode phase : told.path("phases")) {
      phases.add(
          phase.path("phase").asString(""),
          phase.path("from").asString(""),
          phase.path("millis").asString(""));
    }
    phases.print(out);
  }
}
