package dev.gatehouse.cli.deployments;

import dev.gatehouse.cli.remote.Advice;
import dev.gatehouse.cli.remote.ApiChoice;
import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.cli.remote.Server;
import dev.gatehouse.cli.remote.Table;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse deployments diff}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "diff",
    header = "Show what was added, removed and changed from one deployment to another.",
    footer = {"", "Example: gatehouse deployments diff my-api 8vnx4c k2p0qa"})
final class DiffCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private Server server;

  @Parameters(index = "0", paramLabel = "API", description = "Id or name of the API.")
  private String api;

  @Parameters(index = "1", paramLabel = "FROM", description = "Id of the earlier deployment.")
  private String from;

  @Parameters(index = "2", paramLabel = "TO", description = "Id of the later deployment.")
  private String to;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (ControlClient client = server.connectToGatehouse()) {
      String path = new ApiChoice(client).path(api) + "/deployments/";
      JsonNode diff =
          Advice.on(
              404,
              "see the ids with gatehouse deployments ls " + api,
              () ->
                  client.get(
                      path + ControlClient.segment(from) + "/diff/" + ControlClient.segment(to)));
      if (server.json()) {
        out.println(diff.toPrettyString());
      } else if (diff.path("differences").isEmpty()) {
        out.println("Nothing differs between " + from + " and " + to + ".");
      } else {
        table(diff).print(out);
      }
    }
    return 0;
  }

  private static Table table(JsonNode diff) {
    Table table = new Table("CHANGE", "KIND", "ID", "NAME", "MEMBER", "FROM", "TO");
    for (JsonNode difference : diff.path("differences")) {
      String kind = difference.path("kind").asString("");
      difference.path("added").forEach(each -> add(table, "added", kind, each));
      difference.path("removed").forEach(each -> add(table, "removed", kind, each));
      difference.path("changed").forEach(each -> addMembers(table, kind, each));
    }
    return table;
  }

  private static void add(Table table, String change, String kind, JsonNode each) {
    table.add(change, kind, each.path("id").asString(""), name(each), "", "", "");
  }

  private static void addMembers(Table table, String kind, JsonNode each) {
    for (Map.Entry<String, JsonNode> member : each.path("members").properties()) {
      table.add(
          "changed",
          kind,
          each.path("id").asString(""),
          name(each),
          member.getKey(),
          text(member.getValue().path("from")),
          text(member.getValue().path("to")));
    }
  }

  private static String name(JsonNode each) {
    return each.path("name").asString("");
  }

  private static String text(JsonNode value) {
    return value.isMissingNode() ? "-" : value.isString() ? value.asString() : value.toString();
  }
}
