package dev.gatehouse.cli.deployments;

import dev.gatehouse.cli.remote.ApiChoice;
import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.cli.remote.Server;
import dev.gatehouse.cli.remote.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse deployments ls}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "ls",
    header = "List the deployments of an API, the newest first, with the stages that serve them.",
    footer = {"", "Example: gatehouse deployments ls my-api"})
final class ListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private Server server;

  @Parameters(index = "0", paramLabel = "API", description = "Id or name of the API.")
  private String api;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (ControlClient client = server.connect()) {
      ApiChoice choice = new ApiChoice(client);
      JsonNode list =
          client.aws()
              ? new AwsDeployments(client, choice.resource(api)).list()
              : client.get(choice.path(api) + "/deployments");
      if (server.json()) {
        out.println(list.toPrettyString());
      } else {
        table(list).print(out);
      }
    }
    return 0;
  }

  private static Table table(JsonNode list) {
    Table table = new Table("DEPLOYMENT", "CREATED", "MADE", "REVISION", "STAGES", "DESCRIPTION");
    for (JsonNode each : list.path("items")) {
      List<String> stages = new ArrayList<>();
      each.path("stages").forEach(stage -> stages.add(stage.asString()));
      table.add(
          each.path("deploymentId").asString(""),
          each.path("createdDate").asString(""),
          each.path("autoDeployed").booleanValue(false) ? "automatically" : "by hand",
          each.path("revision").asString("-"),
          stages.isEmpty() ? "-" : String.join(", ", stages),
          each.path("description").asString(""));
    }
    return table;
  }
}
