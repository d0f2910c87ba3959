package dev.gatehouse.cli.api;

import dev.gatehouse.cli.remote.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse stages}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "stages",
    header = "List the stages of an API: where they are reached, and what they serve.",
    footer = {"", "Example: gatehouse stages my-api"})
public final class StagesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private Parts parts;

  @Override
  public Integer call() throws InterruptedException {
    parts.print(
        spec.commandLine().getOut(),
        "stages",
        (client, path, stages) -> table(client.get(path), stages));
    return 0;
  }

  static Table table(JsonNode api, List<JsonNode> stages) {
    Table table = new Table("STAGE", "URL", "DEPLOYS", "DEPLOYMENT", "LIMIT", "STATE");
    for (JsonNode stage : stages) {
      JsonNode settings = stage.path("defaultRouteSettings");
      String rate = settings.path("throttlingRateLimit").asString("");
      String burst = settings.path("throttlingBurstLimit").asString("");
      table.add(
          stage.path("stageName").asString(""),
          Shown.url(api, stage),
          stage.path("autoDeploy").booleanValue(false) ? "by itself" : "by hand",
          stage.path("deploymentId").asString("-"),
          rate.isEmpty() && burst.isEmpty() ? "-" : rate + "/s, " + burst + " at once",
          stage.path("lastDeploymentStatusMessage").asString(""));
    }
    return table;
  }
}
