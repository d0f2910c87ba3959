package dev.gatehouse.cli.deployments;

import dev.gatehouse.cli.remote.Advice;
import dev.gatehouse.cli.remote.ApiChoice;
import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.cli.remote.Server;
import dev.gatehouse.cli.remote.Table;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the two commands that move a stage share. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class Move {
  private static final JsonMapper JSON = new JsonMapper();

  @Mixin private Server server;

  @Parameters(index = "0", paramLabel = "API", description = "Id or name of the API.")
  private String api;

  @Option(
      names = "--stop-auto-deploy",
      description =
          "Turn AutoDeploy of the stage off. A stage that has it is not moved else, since the next"
              + " change of the API would undo that.")
  private boolean stopAutoDeploy;

  /** What is asked for. */
  sealed interface Step {
    /** To serve that deployment. */
    record Rollback(String deployment) implements Step {}

    /** To serve what that stage serves. */
    record Promote(String from) implements Step {}
  }

  /** Moves a stage and says so. */
  void run(PrintWriter out, String stage, Step step) throws InterruptedException {
    try (ControlClient client = server.connect()) {
      JsonNode moved =
          Advice.on(
              404,
              "see what there is with gatehouse deployments ls " + api,
              () ->
                  Advice.on(
                      409,
                      "on this command line that is --stop-auto-deploy",
                      () -> moved(client, stage, step)));
      out.println(server.json() ? moved.toPrettyString() : sentence(moved));
    }
  }

  private JsonNode moved(ControlClient client, String stage, Step step)
      throws InterruptedException {
    ApiChoice choice = new ApiChoice(client);
    if (client.aws()) {
      AwsDeployments deployments = new AwsDeployments(client, choice.resource(api));
      return deployments.move(stage, step, stopAutoDeploy);
    }
    ObjectNode body = JSON.createObjectNode();
    if (stopAutoDeploy) {
      body.put("stopAutoDeploy", true);
    }
    String path = choice.path(api) + "/stages/" + ControlClient.segment(stage);
    return switch (step) {
      case Step.Rollback(String deployment) ->
          client.post(path + "/rollback", body.put("deploymentId", deployment));
      case Step.Promote(String from) -> client.post(path + "/promote", body.put("from", from));
    };
  }

  private String sentence(JsonNode moved) {
    String before = moved.path("previousDeploymentId").asString("");
    return Table.plain(
        "Stage "
            + moved.path("stageName").asString("")
            + " serves deployment "
            + moved.path("deploymentId").asString("")
            + " now"
            + (before.isEmpty() ? "." : "; it served " + before + " before.")
            + (stopAutoDeploy ? " AutoDeploy is off." : ""));
  }
}
