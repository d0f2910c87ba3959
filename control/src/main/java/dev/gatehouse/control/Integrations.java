package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.Route;
import dev.gatehouse.store.View;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Integrations (control-plane.md section 6). */
final class Integrations implements Rules {
  private final Desk desk;

  Integrations(Desk desk) {
    this.desk = desk;
  }

  @Override
  public int limit() {
    return desk.limits().integrations();
  }

  @Override
  public ObjectNode defaults(Api api) {
    return IntegrationRules.defaults(api.protocolType());
  }

  @Override
  public void check(View view, Call call, Api api, ObjectNode body) {
    IntegrationRules.complete(api, body);
    IntegrationRules.check(view, call.scope(), api, body);
  }

  /** Quick create's integration goes with its API only, and one that a route names stays [C]. */
  @Override
  public void checkDelete(View view, Call call, ObjectNode body) {
    if (Managed.is(body)) {
      throw OwnRefusals.managed("This integration");
    }
    String id = body.get(Kind.INTEGRATION.idMember()).stringValue();
    List<String> routeIds =
        Kind.ROUTE.below(call.scope(), call.apiId()).all(view, Route.class).stream()
            .filter(route -> id.equals(route.integrationId()))
            .map(Route::routeId)
            .toList();
    if (!routeIds.isEmpty()) {
      throw Refusals.integrationInUse(routeIds);
    }
  }
}
