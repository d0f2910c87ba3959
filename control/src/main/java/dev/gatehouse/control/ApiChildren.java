package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.store.View;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Create, get, list, update and delete of one kind of resource below an API: the same for all but
 * their {@link Rules}. Every change deploys itself where a stage asks for it.
 */
final class ApiChildren {
  private final Desk desk;
  private final AutoDeploy autoDeploy;
  private final Kind kind;
  private final Rules rules;

  ApiChildren(Desk desk, AutoDeploy autoDeploy, Kind kind, Rules rules) {
    this.desk = desk;
    this.autoDeploy = autoDeploy;
    this.kind = kind;
    this.rules = rules;
  }

  ObjectNode create(Call call) {
    return desk.store()
        .write(tx -> {
          Api api = Desk.api(tx, call.scope(), call.apiId());
          Drawer drawer = drawer(tx, call);
          ObjectNode body = Merge.create(rules.defaults(api), call.input());
          drawer.mint(tx, desk.ids(), body);
          rules.check(tx, call, api, body);
          drawer.refuseBeyond(tx, rules.limit());
          save(tx, drawer, api, body);
          autoDeploy.changed(tx, call.scope(), api);
          return body;
        });
  }

  ObjectNode update(Call call) {
    return desk.store()
        .write(tx -> {
          Api api = Desk.api(tx, call.scope(), call.apiId());
          Drawer drawer = drawer(tx, call);
          ObjectNode old = drawer.require(tx, call.path(kind.idMember()));
          ObjectNode body = Merge.update(old, call.input());
          rules.checkUpdate(old, body);
          rules.check(tx, call, api, body);
          save(tx, drawer, api, body);
          if (!body.equals(old)) {
            autoDeploy.changed(tx, call.scope(), api);
          }
          return body;
        });
  }

  ObjectNode delete(Call call) {
    return desk.store()
        .write(tx -> {
          Api api = Desk.api(tx, call.scope(), call.apiId());
          Drawer drawer = drawer(tx, call);
          String id = call.path(kind.idMember());
          rules.checkDelete(tx, call, drawer.require(tx, id));
          tx.deleteBelow(call.scope(), drawer.shelf().parent() + "/" + id);
          drawer.delete(tx, id);
          autoDeploy.changed(tx, call.scope(), api);
          return Desk.object();
        });
  }

  private void save(Transaction tx, Drawer drawer, Api api, ObjectNode body) {
    String uniqueKey = rules.uniqueKey(api, body);
    if (!saved(tx, drawer, uniqueKey, body)) {
      throw rules.taken(body);
    }
  }

  private static boolean saved(
      Transaction tx, Drawer drawer, @Nullable String uniqueKey, ObjectNode body) {
    if (uniqueKey != null) {
      return drawer.save(tx, uniqueKey, body);
    }
    drawer.save(tx, body);
    return true;
  }

  private Drawer drawer(View view, Call call) {
    return kind.below(call.scope(), rules.parent(view, call));
  }
}
