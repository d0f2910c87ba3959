package dev.gatehouse.control;

import dev.gatehouse.model.Scope;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.store.View;
import dev.gatehouse.wire.Json;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.node.ObjectNode;

/**
 * API keys (control-plane.md section 14 [C/L]). A value is shown where it is asked for, and when it
 * is made.
 */
final class ApiKeys {
  private static final int SHORTEST = 20;
  private static final int LONGEST = 128;
  private static final int MADE = 40;
  private static final Set<String> PATCHED =
      Set.of("/enabled", "/name", "/description", "/customerId");

  private final Desk desk;

  ApiKeys(Desk desk) {
    this.desk = desk;
  }

  static Drawer drawer(Scope scope) {
    return Kind.API_KEY.below(scope, "");
  }

  static ObjectNode find(View view, Scope scope, String id) {
    return drawer(scope).find(view, id).orElseThrow(Refusals::unknownApiKey);
  }

  /** Seconds since the epoch, as v1 writes times. */
  private long now() {
    return desk.clock().instant().getEpochSecond();
  }

  ObjectNode create(Call call) {
    ObjectNode body = Desk.object();
    body.put("enabled", false).putArray("stageKeys");
    ObjectNode given = call.given().deepCopy();
    if (!given.path("stageKeys").isEmpty()) {
      throw OwnRefusals.stageKeysNotBuilt();
    }
    given.remove("generateDistinctId");
    body.setAll(given);
    if (body.path("value").asString("").isEmpty()) {
      body.put("value", desk.ids().id(MADE));
    }
    check(body);
    body.put("createdDate", now()).put("lastUpdatedDate", now());
    return desk.store()
        .write(tx -> {
          drawer(call.scope()).mint(tx, desk.ids(), body);
          if (!drawer(call.scope()).save(tx, body.get("value").stringValue(), body)) {
            throw Refusals.conflict("API Key already exists");
          }
          return body;
        });
  }

  /**
   * Takes over a line of a file, and returns the key's id.
   *
   * @param body of the key that has the line's value; empty where there is none yet
   */
  String put(Transaction tx, Scope scope, ObjectNode body, Map<String, String> line) {
    String value = String.valueOf(line.get("key"));
    Drawer drawer = drawer(scope);
    if (body.isEmpty()) {
      drawer.mint(tx, desk.ids(), body);
      body.put("value", value).put("createdDate", now()).putArray("stageKeys");
    }
    body.put("name", line.getOrDefault("name", ""));
    body.put("description", line.getOrDefault("description", ""));
    body.put("enabled", !line.getOrDefault("enabled", "").equalsIgnoreCase("false"));
    body.put("lastUpdatedDate", now());
    drawer.save(tx, value, body);
    return body.get("id").stringValue();
  }

  static boolean fits(int length) {
    return length >= SHORTEST && length <= LONGEST;
  }

  private void check(ObjectNode body) {
    int length = body.get("value").stringValue().length();
    if (!fits(length)) {
      throw Refusals.badRequest(
          length < SHORTEST
              ? "API Key value should be at least 20 characters"
              : "API Key value should be at most 128 characters");
    }
    if (body.has("tags")) {
      Map<String, String> tags =
          Json.mapper().convertValue(body.get("tags"), new TypeReference<>() {});
      TagRules.check(tags, desk.limits());
    }
  }

  private static ObjectNode hidden(ObjectNode key) {
    ObjectNode shown = key.deepCopy();
    shown.remove("value");
    return shown;
  }

  ObjectNode get(Call call) {
    ObjectNode key = find(desk.store().head(), call.scope(), call.path("apiKey"));
    return ListOfV1.flag(call, "includeValue") ? key : hidden(key);
  }

  ObjectNode list(Call call) {
    String name = ListOfV1.text(call, "name");
    String customer = ListOfV1.text(call, "customerId");
    UnaryOperator<ObjectNode> present =
        ListOfV1.flag(call, "includeValues") ? UnaryOperator.identity() : ApiKeys::hidden;
    return ListOfV1.of(
        drawer(call.scope()).all(desk.store().head()),
        call,
        key ->
            key.path("name").asString("").startsWith(name)
                && (customer.isEmpty() || key.path("customerId").asString("").equals(customer)),
        present);
  }

  ObjectNode update(Call call) {
    return desk.store()
        .write(tx -> {
          ObjectNode body = find(tx, call.scope(), call.path("apiKey"));
          PatchesV1.each(call, patch -> apply(body, patch));
          body.put("lastUpdatedDate", now());
          drawer(call.scope()).keep(tx, body);
          return hidden(body);
        });
  }

  private static void apply(ObjectNode body, PatchesV1.Patch patch) {
    if (!PATCHED.contains(patch.path())) {
      throw OwnRefusals.invalidPatchPath(patch.path(), PATCHED);
    }
    if (patch.path().equals("/enabled")) {
      body.put("enabled", patch.flag());
    } else {
      patch.text(body, patch.path().substring(1));
    }
  }

  ObjectNode delete(Call call) {
    String id = call.path("apiKey");
    return desk.store()
        .write(tx -> {
          find(tx, call.scope(), id);
          drawer(call.scope()).delete(tx, id);
          leavePlans(tx, call.scope(), id);
          return Desk.object();
        });
  }

  private static void leavePlans(Transaction tx, Scope scope, String id) {
    for (ObjectNode plan : UsagePlans.drawer(scope).all(tx)) {
      tx.delete(UsagePlanKeys.drawer(scope, plan.get("id").stringValue()).shelf(), id);
    }
  }
}
