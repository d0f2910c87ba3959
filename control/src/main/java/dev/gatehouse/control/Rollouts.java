package dev.gatehouse.control;

import dev.gatehouse.model.Scope;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.store.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Moves stages from deployment to deployment, which goes beyond AWS: there it takes UpdateStage and
 * the ids of deployments that nobody wrote down. Each move is one transaction.
 */
final class Rollouts {
  private static final String DEPLOYMENT = "deploymentId";
  private static final String STATUS = "lastDeploymentStatusMessage";

  private final Desk desk;

  Rollouts(Desk desk) {
    this.desk = desk;
  }

  /**
   * Where a stage is moved.
   *
   * @param stopAutoDeploy whether a stage that deploys automatically may be made to stop; else it
   *     is not moved, since the next write would undo it
   */
  record Target(Scope scope, String apiId, String stageName, boolean stopAutoDeploy) {
    private Drawer stages() {
      return Kind.STAGE.below(scope, apiId);
    }

    private Drawer deployments() {
      return Kind.DEPLOYMENT.below(scope, apiId);
    }
  }

  /** Every deployment with its revision and the stages that serve it, the newest first. */
  ObjectNode list(Scope scope, String apiId) {
    View view = desk.store().head();
    Desk.apiBody(view, scope, apiId);
    Map<String, List<String>> stages = new TreeMap<>();
    for (ObjectNode stage : Kind.STAGE.below(scope, apiId).all(view)) {
      stages
          .computeIfAbsent(deploymentOf(stage), id -> new ArrayList<>())
          .add(stage.get("stageName").stringValue());
    }
    ObjectNode list = Desk.object();
    ArrayNode items = list.putArray("items");
    Kind.DEPLOYMENT.below(scope, apiId).all(view).stream()
        .sorted(Comparator.comparingLong(Rollouts::revision).reversed())
        .forEach(deployment -> {
          ArrayNode names = deployment.putArray("stages");
          stages.getOrDefault(deploymentOf(deployment), List.of()).forEach(names::add);
          items.add(deployment);
        });
    return list;
  }

  private static long revision(ObjectNode deployment) {
    return deployment.get("revision").longValue();
  }

  private static String deploymentOf(ObjectNode resource) {
    return resource.path(DEPLOYMENT).asString("");
  }

  /** Points a stage to a deployment of its API, usually an earlier one. */
  ObjectNode rollBack(Target target, String deploymentId) {
    return desk.store()
        .write(tx -> {
          Desk.apiBody(tx, target.scope(), target.apiId());
          ObjectNode stage = target.stages().require(tx, target.stageName());
          return move(tx, target, stage, deploymentId);
        });
  }

  /** Points a stage to the deployment that another stage of its API serves. */
  ObjectNode promote(Target target, String from) {
    return desk.store()
        .write(tx -> {
          Desk.apiBody(tx, target.scope(), target.apiId());
          ObjectNode stage = target.stages().require(tx, target.stageName());
          String deploymentId = deploymentOf(target.stages().require(tx, from));
          if (from.equals(target.stageName())) {
            throw RolloutRefusals.toItself();
          }
          if (deploymentId.isEmpty()) {
            throw RolloutRefusals.nothingDeployed(from);
          }
          return move(tx, target, stage, deploymentId);
        });
  }

  /**
   * What quick create made stays as AWS keeps it: its stage deploys automatically and cannot be
   * told otherwise, so that nothing could turn that on again.
   */
  private ObjectNode move(Transaction tx, Target target, ObjectNode stage, String deploymentId) {
    target.deployments().require(tx, deploymentId);
    if (Managed.is(stage)) {
      throw OwnRefusals.managed("The deployment of this stage");
    }
    if (AutoDeploy.isOn(stage)) {
      if (!target.stopAutoDeploy()) {
        throw RolloutRefusals.deploysAutomatically(target.stageName());
      }
      stage.put("autoDeploy", false);
    }
    ObjectNode moved = Desk.object().put("stageName", target.stageName());
    if (stage.has(DEPLOYMENT)) {
      moved.put("previousDeploymentId", deploymentOf(stage));
    }
    stage.put(DEPLOYMENT, deploymentId).put("lastUpdatedDate", desk.now());
    stage.remove(STATUS); // it speaks of the last automatic deployment, which is not served now
    target.stages().save(tx, stage);
    return moved.put(DEPLOYMENT, deploymentId).put("autoDeploy", AutoDeploy.isOn(stage));
  }
}
