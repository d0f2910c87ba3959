package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.Scope;
import dev.gatehouse.store.Transaction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Deployments (control-plane.md section 8). */
final class Deployments {
  private final Desk desk;
  private final DeploymentRows rows;

  Deployments(Desk desk, DeploymentRows rows) {
    this.desk = desk;
    this.rows = rows;
  }

  ObjectNode create(Call call) {
    return desk.store()
        .write(tx -> {
          Api api = Desk.api(tx, call.scope(), call.apiId());
          JsonNode stageName = call.given().get("stageName");
          ObjectNode stage = stageName == null ? null : stage(tx, call, stageName);
          ObjectNode deployment = opened(tx, call, api);
          if (stage != null) {
            point(tx, call.scope(), api, stage, deployment);
          }
          return deployment;
        });
  }

  private static ObjectNode stage(Transaction tx, Call call, JsonNode name) {
    ObjectNode stage = Kind.STAGE.below(call.scope(), call.apiId()).require(tx, name.stringValue());
    if (AutoDeploy.isOn(stage)) {
      throw OwnRefusals.deployToAutoDeployStage(name.stringValue());
    }
    return stage;
  }

  private ObjectNode opened(Transaction tx, Call call, Api api) {
    return switch (rows.open(tx, call.scope(), api, false, description(call))) {
      case DeploymentRows.Opened(ObjectNode deployment) -> deployment;
      case DeploymentRows.Refused(String reason) -> throw Refusals.badRequest(reason);
    };
  }

  private static @Nullable String description(Call call) {
    JsonNode description = call.given().get("description");
    return description == null ? null : description.stringValue();
  }

  private void point(
      Transaction tx, Scope scope, Api api, ObjectNode stage, ObjectNode deployment) {
    stage
        .put("deploymentId", deployment.get("deploymentId").stringValue())
        .put("lastUpdatedDate", desk.now());
    Kind.STAGE.below(scope, api.apiId()).save(tx, stage);
  }

  /** Only the description can change [C]. */
  ObjectNode update(Call call) {
    return desk.store()
        .write(tx -> {
          Desk.apiBody(tx, call.scope(), call.apiId());
          ObjectNode old = drawer(call).require(tx, call.path("deploymentId"));
          ObjectNode body = Merge.update(old, call.input());
          drawer(call).save(tx, body);
          return body;
        });
  }

  /** Refused while a stage points to it [L]. */
  ObjectNode delete(Call call) {
    return desk.store()
        .write(tx -> {
          Desk.apiBody(tx, call.scope(), call.apiId());
          String id = call.path("deploymentId");
          drawer(call).require(tx, id);
          for (ObjectNode stage : Kind.STAGE.below(call.scope(), call.apiId()).all(tx)) {
            if (stage.path("deploymentId").asString("").equals(id)) {
              throw Refusals.deploymentInUse();
            }
          }
          drawer(call).delete(tx, id);
          return Desk.object();
        });
  }

  private static Drawer drawer(Call call) {
    return Kind.DEPLOYMENT.below(call.scope(), call.apiId());
  }
}
