package dev.gatehouse.cli.deployments;

import dev.gatehouse.cli.remote.CallFailed;
import dev.gatehouse.cli.remote.ControlClient;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deployments by AWS's own calls, told as Gatehouse tells them.
 *
 * @param api where AWS has the API
 */
record AwsDeployments(ControlClient client, String api) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Every deployment, the newest first, with the stages that serve it. */
  JsonNode list() throws InterruptedException {
    List<JsonNode> stages = client.all(api + "/stages");
    ObjectNode list = JSON.createObjectNode();
    ArrayNode items = list.putArray("items");
    client.all(api + "/deployments").stream()
        .sorted(
            Comparator.comparing((JsonNode each) -> each.path("createdDate").asString(""))
                .reversed())
        .forEach(each -> items.add(serving((ObjectNode) each, stages)));
    return list;
  }

  private static ObjectNode serving(ObjectNode deployment, List<JsonNode> stages) {
    ArrayNode serving = deployment.putArray("stages");
    for (JsonNode stage : stages) {
      if (stage.path("deploymentId").equals(deployment.path("deploymentId"))) {
        serving.add(stage.path("stageName"));
      }
    }
    return deployment;
  }

  /** Has a stage serve another deployment; AWS refuses that while it deploys by itself. */
  JsonNode move(String name, Move.Step step, boolean stopAutoDeploy) throws InterruptedException {
    JsonNode stage = client.get(stage(name));
    if (stage.path("autoDeploy").booleanValue(false) && !stopAutoDeploy) {
      throw new CallFailed(409, "AutoDeploy of the stage " + name + " is on; turn it off");
    }
    String deployment =
        switch (step) {
          case Move.Step.Rollback(String id) -> id;
          case Move.Step.Promote(String from) -> served(from);
        };
    ObjectNode update = JSON.createObjectNode().put("deploymentId", deployment);
    if (stopAutoDeploy) {
      update.put("autoDeploy", false);
    }
    JsonNode moved = client.patch(stage(name), update);
    return ((ObjectNode) moved)
        .put("previousDeploymentId", stage.path("deploymentId").asString(""));
  }

  private String served(String name) throws InterruptedException {
    String id = client.get(stage(name)).path("deploymentId").asString("");
    if (id.isEmpty()) {
      throw new CallFailed(0, "the stage " + name + " serves nothing; deploy the API to it first");
    }
    return id;
  }

  private String stage(String name) {
    return api + "/stages/" + ControlClient.segment(name);
  }
}
