package dev.gatehouse.cli.traffic;

import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.cli.remote.Server;
import dev.gatehouse.cli.remote.Table;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse explain}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "explain",
    header = "Say which way a request would go, and why not another. Nothing is sent.",
    footer = {
      "",
      "Example: gatehouse explain -X POST http://localhost:4566/_gatehouse/apis/8vnx4c/pets/1"
    })
public final class ExplainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private Server server;

  @Option(
      names = {"-X", "--method"},
      paramLabel = "METHOD",
      description = "The request's method. Default: GET.")
  private String method = "GET";

  @Parameters(
      index = "0",
      paramLabel = "URL",
      description = "The request's URL; a path alone is one of the server's own host.")
  private String url;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (ControlClient client = server.connectToGatehouse()) {
      JsonNode told =
          client.get(
              "/_gatehouse/explain?method="
                  + ControlClient.segment(method)
                  + "&url="
                  + ControlClient.segment(url));
      if (server.json()) {
        out.println(told.toPrettyString());
      } else {
        print(told, out);
      }
    }
    return 0;
  }

  private static void print(JsonNode told, PrintWriter out) {
    out.println(Table.plain(told.path("outcome").asString("")));
    out.println();
    Table steps = new Table("STEP", "CHOICE", "BECAUSE");
    JsonNode api = told.path("api");
    add(steps, "api", api.path("apiId"), api.path("why"));
    JsonNode stage = told.path("stage");
    add(steps, "stage", stage.path("stageName"), stage.path("why"));
    JsonNode route = told.path("route");
    add(steps, "route", route.path("routeKey"), route.path("pathParameters"));
    add(steps, "throttle", route.path("throttle"), told.path("none"));
    JsonNode authorizer = told.path("authorizer");
    add(steps, "authorizer", authorizer.path("authorizerId"), authorizer.path("asks"));
    JsonNode target = told.path("target");
    add(steps, "target", target.path("uri"), target.path("note"));
    add(steps, "mapping", target.path("requestParameters"), target.path("responseParameters"));
    steps.print(out);
    if (!told.path("notChosen").isEmpty()) {
      out.println();
      Table others = new Table("NOT CHOSEN", "BECAUSE");
      for (JsonNode each : told.path("notChosen")) {
        others.add(each.path("routeKey").asString(""), each.path("why").asString(""));
      }
      others.print(out);
    }
  }

  private static void add(Table table, String step, JsonNode choice, JsonNode because) {
    if (!choice.isMissingNode() || !because.isMissingNode()) {
      table.add(step, text(choice), text(because));
    }
  }

  private static String text(JsonNode value) {
    if (value.isObject()) {
      return String.join(", ", value.properties().stream().map(ExplainCommand::member).toList());
    }
    return value.asString("");
  }

  private static String member(Map.Entry<String, JsonNode> member) {
    return member.getKey() + "=" + text(member.getValue());
  }
}
