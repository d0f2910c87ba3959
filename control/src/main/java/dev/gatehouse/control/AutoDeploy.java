package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.Scope;
import dev.gatehouse.store.Transaction;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deploys a change to the stages that ask for it, inside the transaction of the change: the
 * deployment's revision is the one that shows the change, and a crash leaves both or neither.
 *
 * <p>One deployment serves all stages of the API that deploy automatically; whether AWS makes one
 * for each is not known (control-plane.md section 8 [U]).
 */
final class AutoDeploy {
  /** AWS's words [C]. */
  private static final String DESCRIPTION =
      "Automatic deployment triggered by changes to the Api configuration";

  private final Desk desk;
  private final DeploymentRows deployments;

  AutoDeploy(Desk desk, DeploymentRows deployments) {
    this.desk = desk;
    this.deployments = deployments;
  }

  /** Deploys after a change to routes, integrations, authorizers or settings of an API. */
  void changed(Transaction tx, Scope scope, Api api) {
    List<ObjectNode> stages =
        Kind.STAGE.below(scope, api.apiId()).all(tx).stream().filter(AutoDeploy::isOn).toList();
    if (!stages.isEmpty()) {
      deploy(tx, scope, api, stages);
    }
  }

  /** Deploys to one stage, which has just been made or switched to deploy automatically. */
  void switchedOn(Transaction tx, Scope scope, Api api, ObjectNode stage) {
    deploy(tx, scope, api, List.of(stage));
  }

  static boolean isOn(ObjectNode stage) {
    return stage.path("autoDeploy").asBoolean(false);
  }

  private void deploy(Transaction tx, Scope scope, Api api, List<ObjectNode> stages) {
    DeploymentRows.Outcome outcome = deployments.open(tx, scope, api, true, DESCRIPTION);
    for (ObjectNode stage : stages) {
      switch (outcome) {
        case DeploymentRows.Opened(ObjectNode deployment) ->
            stage
                .put("deploymentId", deployment.get("deploymentId").stringValue())
                .put("lastUpdatedDate", desk.now())
                .put("lastDeploymentStatusMessage", success(deployment));
        case DeploymentRows.Refused(String reason) ->
            stage.put("lastDeploymentStatusMessage", "Deployment attempt failed: " + reason);
      }
      // A new row even where it is the same: the deployment may have moved, and this tells of it.
      Kind.STAGE.below(scope, api.apiId()).rewrite(tx, stage);
    }
    deployments.prune(tx, scope, api);
  }

  private static String success(ObjectNode deployment) {
    return "Successfully deployed stage with deployment ID '"
        + deployment.get("deploymentId").stringValue()
        + "'";
  }
}
