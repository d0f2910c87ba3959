package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.Route;
import dev.gatehouse.model.Scope;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.store.View;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Routes (control-plane.md section 5). */
final class Routes {
  private final Desk desk;
  private final Pages pages;
  private final AutoDeploy autoDeploy;

  Routes(Desk desk, Pages pages, AutoDeploy autoDeploy) {
    this.desk = desk;
    this.pages = pages;
    this.autoDeploy = autoDeploy;
  }

  ObjectNode create(Call call) {
    return desk.store()
        .write(tx -> {
          Api api = Desk.api(tx, call.scope(), call.apiId());
          drawer(call).refuseBeyond(tx, desk.limits().routes());
          ObjectNode body = Merge.create(RouteRules.defaults(), call.input());
          drawer(call).mint(tx, desk.ids(), body);
          checkAndSave(tx, call, api, body);
          autoDeploy.changed(tx, call.scope(), api);
          return body;
        });
  }

  private void checkAndSave(Transaction tx, Call call, Api api, ObjectNode body) {
    RouteRules.complete(body);
    Route route = RouteRules.check(tx, call.scope(), api, body, desk.limits());
    NotBuilt.refuse(call, api);
    save(tx, call.scope(), api, route, body);
  }

  /** Saves a route that has been checked, unless another has its key. */
  static void save(Transaction tx, Scope scope, Api api, Route route, ObjectNode body) {
    Drawer drawer = Kind.ROUTE.below(scope, api.apiId());
    if (!drawer.save(tx, RouteRules.uniqueKey(api, route), body)) {
      throw Refusals.duplicateRoute(route.routeKey());
    }
  }

  ObjectNode get(Call call) {
    View view = desk.store().head();
    Desk.apiBody(view, call.scope(), call.apiId());
    return drawer(call).require(view, call.path("routeId"));
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
          ObjectNode old = drawer(call).require(tx, call.path("routeId"));
          ObjectNode body = Merge.update(old, call.input());
          if (Managed.is(old) && !old.path("routeKey").equals(body.path("routeKey"))) {
            throw OwnRefusals.managed("The key of this route");
          }
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
          String id = call.path("routeId");
          if (Managed.is(drawer(call).require(tx, id))) {
            throw OwnRefusals.managed("This route");
          }
          tx.deleteBelow(call.scope(), api.apiId() + "/" + id);
          drawer(call).delete(tx, id);
          autoDeploy.changed(tx, call.scope(), api);
          return Desk.object();
        });
  }

  /** Takes one request parameter from a WebSocket route [C]. */
  ObjectNode deleteRequestParameter(Call call) {
    return desk.store()
        .write(tx -> {
          Api api = Desk.api(tx, call.scope(), call.apiId());
          ObjectNode body = drawer(call).require(tx, call.path("routeId"));
          String key = call.path("requestParameterKey");
          if (!(body.get("requestParameters") instanceof ObjectNode parameters)
              || parameters.remove(key) == null) {
            throw Refusals.notFound("Invalid parameter name specified " + key);
          }
          if (parameters.isEmpty()) {
            body.remove("requestParameters");
          }
          save(tx, call.scope(), api, Desk.bind(body, Route.class), body);
          autoDeploy.changed(tx, call.scope(), api);
          return Desk.object();
        });
  }

  private static Drawer drawer(Call call) {
    return Kind.ROUTE.below(call.scope(), call.apiId());
  }
}
