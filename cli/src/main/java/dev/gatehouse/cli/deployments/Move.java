package dev.gatehouse.cli.deployments;

import dev.gatehouse.cli.remote.Advice;
import dev.gatehouse.cli.remote.ApiChoice;
import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.cli.remote.Server;
import dev.gatehouse.cli.remote.Table;
import java.io.PrintWriter;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the two commands that move a stage share. */
final class Move {
  private static final JsonMapper JSON = new JsonMapper();

  @Option(
      names = "--stop-auto-deploy",
      description =
          "Turn AutoDeploy of the stage off. A stage that has it is not moved else, since the next"
              + " change of the API would undo that.")
  private boolean stopAutoDeploy;

  /** Moves a stage and says so. */
  void run(Server server, PrintWriter out, String api, String stage, Step step)
      throws InterruptedException {
    try (ControlClient client = server.connect()) {
      String path = new ApiChoice(client).path(api) + "/stages/" + ControlClient.segment(stage);
      ObjectNode body = JSON.createObjectNode().put(step.member(), step.value());
      if (stopAutoDeploy) {
        body.put("stopAutoDeploy", true);
      }
      JsonNode moved = asked(client, path + "/" + step.call(), body, api);
      out.println(server.json() ? moved.toPrettyString() : sentence(moved));
    }
  }

  /**
   * What is asked for.
   *
   * @param call the last part of the path
   */
  record Step(String call, String member, String value) {}

  private static JsonNode asked(ControlClient client, String path, ObjectNode body, String api)
      throws InterruptedException {
    return Advice.on(
        404,
        "see what there is with gatehouse deployments ls " + api,
        () ->
            Advice.on(
                409,
                "on this command line that is --stop-auto-deploy",
                () -> client.post(path, body)));
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
