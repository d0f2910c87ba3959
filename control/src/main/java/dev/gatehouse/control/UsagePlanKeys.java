package dev.gatehouse.control;

import dev.gatehouse.model.Scope;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.store.View;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The keys of a usage plan (control-plane.md section 14 [C/L]). */
final class UsagePlanKeys {
  private static final String TYPE = "API_KEY";
  private static final String PARENT = "usageplan:";

  private final Desk desk;

  UsagePlanKeys(Desk desk) {
    this.desk = desk;
  }

  static String parent(String planId) {
    return PARENT + planId;
  }

  /** The plan whose keys are below a parent. */
  static String planId(String parent) {
    return parent.substring(PARENT.length());
  }

  static Drawer drawer(Scope scope, String planId) {
    return Kind.USAGE_PLAN_KEY.below(scope, parent(planId));
  }

  private static ObjectNode shown(View view, Scope scope, ObjectNode member) {
    ObjectNode key = ApiKeys.find(view, scope, member.get("id").stringValue());
    ObjectNode shown = member.deepCopy();
    shown.put("value", key.get("value").stringValue());
    if (key.has("name")) {
      shown.set("name", key.get("name"));
    }
    return shown;
  }

  ObjectNode create(Call call) {
    String plan = call.path("usagePlanId");
    if (!call.given().get("keyType").stringValue().equals(TYPE)) {
      throw OwnRefusals.invalid("keyType", "it is " + TYPE);
    }
    return desk.store()
        .write(tx -> {
          UsagePlans.find(tx, call.scope(), plan);
          String id = call.given().get("keyId").stringValue();
          ApiKeys.find(tx, call.scope(), id);
          Drawer drawer = drawer(call.scope(), plan);
          if (drawer.find(tx, id).isPresent()) {
            throw Refusals.conflict("Usage Plan already contains API Key " + id);
          }
          return shown(tx, call.scope(), join(tx, call.scope(), plan, id));
        });
  }

  /** Puts a key that is there into a plan that is there. */
  static ObjectNode join(Transaction tx, Scope scope, String planId, String keyId) {
    ObjectNode body = Desk.object().put("id", keyId).put("type", TYPE);
    drawer(scope, planId).save(tx, body);
    return body;
  }

  ObjectNode get(Call call) {
    View view = desk.store().head();
    UsagePlans.find(view, call.scope(), call.path("usagePlanId"));
    return drawer(call.scope(), call.path("usagePlanId"))
        .find(view, call.path("keyId"))
        .map(member -> shown(view, call.scope(), member))
        .orElseThrow(UsagePlanKeys::unknown);
  }

  private static RuntimeException unknown() {
    return Refusals.notFound("Invalid Usage Plan Key identifier specified");
  }

  ObjectNode list(Call call) {
    View view = desk.store().head();
    UsagePlans.find(view, call.scope(), call.path("usagePlanId"));
    String name = ListOfV1.text(call, "name");
    List<ObjectNode> members =
        drawer(call.scope(), call.path("usagePlanId")).all(view).stream()
            .map(member -> shown(view, call.scope(), member))
            .toList();
    return ListOfV1.of(
        members, call, key -> key.path("name").asString("").startsWith(name), key -> key);
  }

  ObjectNode delete(Call call) {
    return desk.store()
        .write(tx -> {
          UsagePlans.find(tx, call.scope(), call.path("usagePlanId"));
          Drawer drawer = drawer(call.scope(), call.path("usagePlanId"));
          if (!tx.delete(drawer.shelf(), call.path("keyId"))) {
            throw unknown();
          }
          return Desk.object();
        });
  }
}
