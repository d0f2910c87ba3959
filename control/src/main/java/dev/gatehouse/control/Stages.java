package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.store.Transaction;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Stages (control-plane.md section 9). */
final class Stages {
  /** No member of AWS's: it is stored, and stays out of every answer. */
  private static final String RESET = "authorizersReset";

  private final Desk desk;
  private final AutoDeploy autoDeploy;

  Stages(Desk desk, AutoDeploy autoDeploy) {
    this.desk = desk;
    this.autoDeploy = autoDeploy;
  }

  ObjectNode create(Call call) {
    return desk.store()
        .write(tx -> {
          Api api = Desk.api(tx, call.scope(), call.apiId());
          ObjectNode body = StageRules.defaults(api.protocolType());
          ObjectNode settings = (ObjectNode) body.get("defaultRouteSettings");
          body = Merge.create(body, call.input());
          body.set("defaultRouteSettings", settings.deepCopy().setAll(settingsOf(call)));
          if (drawer(call).find(tx, body.get("stageName").stringValue()).isPresent()) {
            throw Refusals.duplicateStage();
          }
          drawer(call).refuseBeyond(tx, desk.limits().stages());
          body.put("createdDate", desk.now()).put("lastUpdatedDate", desk.now());
          checkAndSave(tx, call, api, body);
          if (AutoDeploy.isOn(body)) {
            autoDeploy.switchedOn(tx, call.scope(), api, body);
          }
          return body;
        });
  }

  private static ObjectNode settingsOf(Call call) {
    return call.given().get("defaultRouteSettings") instanceof ObjectNode settings
        ? settings
        : Desk.object();
  }

  private void checkAndSave(Transaction tx, Call call, Api api, ObjectNode body) {
    StageRules.complete(body);
    if (AutoDeploy.isOn(body) && call.given().has("deploymentId")) {
      throw OwnRefusals.deploymentWithAutoDeploy();
    }
    StageRules.check(tx, call, api, body, desk.limits());
    drawer(call).save(tx, body);
  }

  /** Settings are merged member by member, unlike other structures [U]. */
  ObjectNode update(Call call) {
    return desk.store()
        .write(tx -> {
          Api api = Desk.api(tx, call.scope(), call.apiId());
          ObjectNode old = drawer(call).require(tx, call.path("stageName"));
          refuseOnManaged(old, call);
          ObjectNode body = Merge.update(old, call.input());
          ObjectNode settings = (ObjectNode) old.get("defaultRouteSettings");
          body.set("defaultRouteSettings", settings.deepCopy().setAll(settingsOf(call)));
          body.put("lastUpdatedDate", desk.now());
          if (!AutoDeploy.isOn(body)) {
            body.remove("lastDeploymentStatusMessage"); // it speaks of automatic deployments only
          }
          checkAndSave(tx, call, api, body);
          if (AutoDeploy.isOn(body) && !AutoDeploy.isOn(old)) {
            autoDeploy.switchedOn(tx, call.scope(), api, body);
          }
          return body;
        });
  }

  private static void refuseOnManaged(ObjectNode stage, Call call) {
    boolean repoints =
        call.given().has("deploymentId") || !call.given().path("autoDeploy").asBoolean(true);
    if (Managed.is(stage) && repoints) {
      throw OwnRefusals.managed("The deployment of this stage");
    }
  }

  /** Refused while a domain maps the stage [L], and for the stage of quick create [U]. */
  ObjectNode delete(Call call) {
    return desk.store()
        .write(tx -> {
          Desk.apiBody(tx, call.scope(), call.apiId());
          String name = call.path("stageName");
          if (Managed.is(drawer(call).require(tx, name))) {
            throw OwnRefusals.managed("This stage");
          }
          if (ApiMappings.maps(tx, call.scope(), call.apiId(), name)) {
            throw OwnRefusals.stageIsMapped(name);
          }
          drawer(call).delete(tx, name);
          return Desk.object();
        });
  }

  ObjectNode deleteRouteSettings(Call call) {
    return change(
        call,
        stage -> {
          String key = call.path("routeKey");
          if (!(stage.get("routeSettings") instanceof ObjectNode settings)
              || settings.remove(key) == null) {
            throw Refusals.settingsOfUnknownRoute(key);
          }
        });
  }

  ObjectNode deleteAccessLogSettings(Call call) {
    return change(call, stage -> stage.remove("accessLogSettings"));
  }

  /**
   * Lets nothing that authorizers answered before stay in force: the stage's row remembers the
   * revision, which tells the data plane this reset from those before.
   */
  ObjectNode resetAuthorizersCache(Call call) {
    return desk.store()
        .write(tx -> {
          Desk.apiBody(tx, call.scope(), call.apiId());
          ObjectNode stage = drawer(call).require(tx, call.path("stageName"));
          drawer(call).save(tx, stage.put(RESET, tx.revision()));
          return Desk.object();
        });
  }

  private ObjectNode change(Call call, Consumer<ObjectNode> change) {
    return desk.store()
        .write(tx -> {
          Desk.apiBody(tx, call.scope(), call.apiId());
          ObjectNode stage = drawer(call).require(tx, call.path("stageName"));
          change.accept(stage);
          stage.put("lastUpdatedDate", desk.now());
          drawer(call).save(tx, stage);
          return Desk.object();
        });
  }

  private static Drawer drawer(Call call) {
    return Kind.STAGE.below(call.scope(), call.apiId());
  }
}
