package dev.gatehouse.control;

import dev.gatehouse.model.Scope;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.store.View;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Usage plans: which stages keys open, and how much each may use (control-plane.md 14 [C/L]). */
final class UsagePlans {
  private final Desk desk;

  UsagePlans(Desk desk) {
    this.desk = desk;
  }

  static Drawer drawer(Scope scope) {
    return Kind.USAGE_PLAN.below(scope, "");
  }

  static ObjectNode find(View view, Scope scope, String id) {
    return drawer(scope).find(view, id).orElseThrow(Refusals::unknownUsagePlan);
  }

  ObjectNode create(Call call) {
    ObjectNode body = Desk.object();
    body.putArray("apiStages");
    body.setAll(call.given());
    return desk.store()
        .write(tx -> {
          drawer(call.scope()).mint(tx, desk.ids(), body);
          checkAndSave(tx, call, body);
          return body;
        });
  }

  private void checkAndSave(Transaction tx, Call call, ObjectNode body) {
    UsagePlanRules.check(tx, call.scope(), body, desk.limits());
    drawer(call.scope()).save(tx, body);
  }

  ObjectNode get(Call call) {
    return find(desk.store().head(), call.scope(), call.path("usagePlanId"));
  }

  ObjectNode list(Call call) {
    View view = desk.store().head();
    String key = ListOfV1.text(call, "keyId");
    return ListOfV1.of(
        drawer(call.scope()).all(view),
        call,
        plan ->
            key.isEmpty()
                || UsagePlanKeys.drawer(call.scope(), plan.get("id").stringValue())
                    .find(view, key)
                    .isPresent(),
        plan -> plan);
  }

  ObjectNode update(Call call) {
    return desk.store()
        .write(tx -> {
          ObjectNode body = find(tx, call.scope(), call.path("usagePlanId"));
          PatchesV1.each(call, patch -> UsagePlanPatch.apply(body, patch));
          checkAndSave(tx, call, body);
          return body;
        });
  }

  /** With its keys' places in it; the keys themselves stay. Refused by nothing [U]. */
  ObjectNode delete(Call call) {
    String id = call.path("usagePlanId");
    return desk.store()
        .write(tx -> {
          find(tx, call.scope(), id);
          drawer(call.scope()).delete(tx, id);
          tx.deleteBelow(call.scope(), UsagePlanKeys.parent(id));
          return Desk.object();
        });
  }

  /** The stages of a plan. */
  static ArrayNode stages(ObjectNode plan) {
    return plan.withArray("apiStages");
  }
}
