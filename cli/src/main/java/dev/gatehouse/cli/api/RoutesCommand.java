package dev.gatehouse.cli.api;

import dev.gatehouse.cli.remote.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Mixin private Parts parts;

  @Override
  public Integer call() throws InterruptedException {
    parts.print(
        spec.commandLine().getOut(),
        "routes",
        (client, path, routes) -> table(routes, client.all(path + "/integrations")));
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
