package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.Route;
import dev.gatehouse.store.View;
import dev.gatehouse.wire.ServiceException;
import tools.jackson.databind.node.ObjectNode;

/** Routes (control-plane.md section 5). */
final class Routes implements Rules {
  private final Desk desk;
  private final AutoDeploy autoDeploy;

  Routes(Desk desk, AutoDeploy autoDeploy) {
    this.desk = desk;
    this.autoDeploy = autoDeploy;
  }

  @Override
  public int limit() {
    return desk.limits().routes();
  }

  @Override
  public ObjectNode defaults(Api api) {
    return RouteRules.defaults();
  }

  @Override
  public void check(View view, Call call, Api api, ObjectNode body) {
    RouteRules.complete(body);
    Route route = RouteRules.check(view, call.scope(), api, body, desk.limits());
    Models.checkExist(view, call, "requestModels", route.requestModels());
  }

  @Override
  public String uniqueKey(Api api, ObjectNode body) {
    return RouteRules.uniqueKey(api, Desk.bind(body, Route.class));
  }

  @Override
  public ServiceException taken(ObjectNode body) {
    return Refusals.duplicateRoute(body.get("routeKey").stringValue());
  }

  /** The key of quick create's route stays [C]. */
  @Override
  public void checkUpdate(ObjectNode old, ObjectNode body) {
    if (Managed.is(old) && !old.path("routeKey").equals(body.path("routeKey"))) {
      throw OwnRefusals.managed("The key of this route");
    }
  }

  /** Quick create's route goes with its API only [L]. */
  @Override
  public void checkDelete(View view, Call call, ObjectNode body) {
    if (Managed.is(body)) {
      throw OwnRefusals.managed("This route");
    }
  }

  /** Takes one request parameter from a WebSocket route [C]. */
  ObjectNode deleteRequestParameter(Call call) {
    return desk.store()
        .write(tx -> {
          Api api = Desk.api(tx, call.scope(), call.apiId());
          Drawer drawer = Kind.ROUTE.below(call.scope(), api.apiId());
          ObjectNode body = drawer.require(tx, call.path("routeId"));
          removeParameter(body, call.path("requestParameterKey"));
          drawer.save(tx, uniqueKey(api, body), body);
          autoDeploy.changed(tx, call.scope(), api);
          return Desk.object();
        });
  }

  private static void removeParameter(ObjectNode route, String key) {
    if (!(route.get("requestParameters") instanceof ObjectNode parameters)
        || parameters.remove(key) == null) {
      throw OwnRefusals.unknownParameter(key);
    }
    if (parameters.isEmpty()) {
      route.remove("requestParameters");
    }
  }
}
