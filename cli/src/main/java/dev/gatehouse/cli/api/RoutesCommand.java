package dev.gatehouse.cli.api;

import dev.gatehouse.cli.remote.ApiChoice;
import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.cli.remote.Server;
import dev.gatehouse.cli.remote.Table;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse routes}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "routes",
    header = "List the routes of an API: who may call them, and where they lead.",
    footer = {"", "Example: gatehouse routes my-api"})
public final class RoutesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private Server server;

  @Parameters(index = "0", paramLabel = "API", description = "Id or name of the API.")
  private String api;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (ControlClient client = server.connect()) {
      String path = new ApiChoice(client).resource(api);
      List<JsonNode> routes = client.all(path + "/routes");
      if (server.json()) {
        out.println(Shown.list(routes));
      } else {
        table(routes, client.all(path + "/integrations")).print(out);
      }
    }
    return 0;
  }

  static Table table(List<JsonNode> routes, List<JsonNode> integrations) {
    Table table = new Table("ROUTE", "KEY", "AUTHORIZATION", "TARGET");
    routes.stream()
        .sorted((a, b) -> key(a).compareTo(key(b)))
        .forEach(route ->
            table.add(
                route.path("routeId").asString(""),
                key(route),
                Shown.authorization(route),
                Shown.target(route, integrations)));
    return table;
  }

  private static String key(JsonNode route) {
    return route.path("routeKey").asString("");
  }
}
