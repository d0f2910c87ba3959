package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.Route;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.store.View;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Integrations (control-plane.md section 6). */
final class Integrations {
  private final Desk desk;
  private final Pages pages;
  private final AutoDeploy autoDeploy;

  Integrations(Desk desk, Pages pages, AutoDeploy autoDeploy) {
    this.desk = desk;
    this.pages = pages;
    this.autoDeploy = autoDeploy;
  }

  ObjectNode create(Call call) {
    return desk.store()
        .write(tx -> {
          Api api = Desk.api(tx, call.scope(), call.apiId());
          drawer(call).refuseBeyond(tx, desk.limits().integrations());
          ObjectNode defaults = IntegrationRules.defaults(api.protocolType());
          ObjectNode body = Merge.create(defaults, call.input());
          drawer(call).mint(tx, desk.ids(), body);
          checkAndSave(tx, call, api, body);
          autoDeploy.changed(tx, call.scope(), api);
          return body;
        });
  }

  private void checkAndSave(Transaction tx, Call call, Api api, ObjectNode body) {
    IntegrationRules.complete(api, body);
    IntegrationRules.check(tx, call.scope(), api, body);
    NotBuilt.refuse(call, api);
    drawer(call).save(tx, body);
  }

  ObjectNode get(Call call) {
    View view = desk.store().head();
    Desk.apiBody(view, call.scope(), call.apiId());
    return drawer(call).require(view, call.path("integrationId"));
  }

  ObjectNode list(Call call) {
    View view = desk.store().head();
    Desk.apiBody(view, call.scope(), call.apiId());
    return pages.items(view, drawer(call), call, UnaryOperator.identity());
  }

  ObjectNode update(Call call) {
    return desk.store()
        .write(tx -> {
          Api api = Desk.api(tx, call.scope(), call.apiId());
          ObjectNode old = drawer(call).require(tx, call.path("integrationId"));
          ObjectNode body = Merge.update(old, call.input());
          checkAndSave(tx, call, api, body);
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
          String id = call.path("integrationId");
          if (Managed.is(drawer(call).require(tx, id))) {
            throw OwnRefusals.managed("This integration");
          }
          refuseIfReferenced(tx, call, id);
          tx.deleteBelow(call.scope(), api.apiId() + "/" + id);
          drawer(call).delete(tx, id);
          autoDeploy.changed(tx, call.scope(), api);
          return Desk.object();
        });
  }

  private static void refuseIfReferenced(Transaction tx, Call call, String id) {
    List<String> routeIds =
        Kind.ROUTE.below(call.scope(), call.apiId()).all(tx, Route.class).stream()
            .filter(route -> id.equals(route.integrationId()))
            .map(Route::routeId)
            .toList();
    if (!routeIds.isEmpty()) {
      throw Refusals.integrationInUse(routeIds);
    }
  }

  private static Drawer drawer(Call call) {
    return Kind.INTEGRATION.below(call.scope(), call.apiId());
  }
}
