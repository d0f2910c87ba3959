package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.Route;
import dev.gatehouse.model.Scope;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.store.View;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * An API in one call: an integration, a route, a stage and its deployment, all marked as managed
 * (control-plane.md section 7 [C], method and version [L]).
 */
final class QuickCreate {
  private static final String ROLE = "credentialsArn";

  private final Desk desk;
  private final AutoDeploy autoDeploy;

  QuickCreate(Desk desk, AutoDeploy autoDeploy) {
    this.desk = desk;
    this.autoDeploy = autoDeploy;
  }

  /** Makes what stands below the API. */
  void create(Transaction tx, Scope scope, Api api, ObjectNode given) {
    String integrationId = integration(tx, scope, api, given);
    route(tx, scope, api, given, integrationId);
    stage(tx, scope, api);
  }

  private String integration(Transaction tx, Scope scope, Api api, ObjectNode given) {
    ObjectNode body = Managed.mark(IntegrationRules.defaults(api.protocolType()));
    aim(body, given.get("target").stringValue());
    copyRole(given, body);
    Drawer drawer = Kind.INTEGRATION.below(scope, api.apiId());
    String id = drawer.mint(tx, desk.ids(), body);
    IntegrationRules.check(tx, scope, api, body);
    drawer.save(tx, body);
    return id;
  }

  /** The kind of integration follows from the target: a function, else a URL. */
  private static void aim(ObjectNode integration, String target) {
    boolean function = HttpIntegrationRules.isFunction(target);
    integration
        .put("integrationType", function ? "AWS_PROXY" : "HTTP_PROXY")
        .put("integrationMethod", function ? "POST" : "ANY")
        .put("payloadFormatVersion", function ? "2.0" : "1.0")
        .put("integrationUri", target);
  }

  private void route(Transaction tx, Scope scope, Api api, ObjectNode given, String integrationId) {
    ObjectNode body = Managed.mark(RouteRules.defaults());
    body.put("routeKey", given.path("routeKey").asString("$default"));
    body.put("target", "integrations/" + integrationId);
    Kind.ROUTE.below(scope, api.apiId()).mint(tx, desk.ids(), body);
    saveRoute(tx, scope, api, body);
  }

  private void saveRoute(Transaction tx, Scope scope, Api api, ObjectNode body) {
    Route route = RouteRules.check(tx, scope, api, body, desk.limits());
    if (!Kind.ROUTE.below(scope, api.apiId()).save(tx, RouteRules.uniqueKey(api, route), body)) {
      throw Refusals.duplicateRoute(route.routeKey());
    }
  }

  private void stage(Transaction tx, Scope scope, Api api) {
    ObjectNode body = Managed.mark(StageRules.defaults(api.protocolType()));
    body.put("stageName", "$default")
        .put("autoDeploy", true)
        .put("createdDate", desk.now())
        .put("lastUpdatedDate", desk.now());
    StageRules.complete(body);
    autoDeploy.switchedOn(tx, scope, api, body);
  }

  /**
   * Changes what {@link #create} made; true where there was something to change. An API without
   * managed resources has nothing that these members could mean, so they are refused [U].
   */
  boolean update(Transaction tx, Scope scope, Api api, ObjectNode given) {
    boolean changed = false;
    if (given.has("target") || given.has(ROLE)) {
      ObjectNode integration = require(tx, Kind.INTEGRATION, scope, api);
      if (given.has("target")) {
        aim(integration, given.get("target").stringValue());
      }
      copyRole(given, integration);
      IntegrationRules.check(tx, scope, api, integration);
      Kind.INTEGRATION.below(scope, api.apiId()).save(tx, integration);
      changed = true;
    }
    if (given.has("routeKey")) {
      ObjectNode body = require(tx, Kind.ROUTE, scope, api);
      body.put("routeKey", given.get("routeKey").stringValue());
      saveRoute(tx, scope, api, body);
      changed = true;
    }
    return changed;
  }

  private static ObjectNode require(View view, Kind kind, Scope scope, Api api) {
    Optional<ObjectNode> managed =
        kind.below(scope, api.apiId()).all(view).stream().filter(Managed::is).findFirst();
    return managed.orElseThrow(() -> OwnRefusals.nothingManaged(api.apiId()));
  }

  /** An empty role is none. */
  private static void copyRole(ObjectNode given, ObjectNode integration) {
    String role = given.path(ROLE).asString("");
    if (!role.isEmpty()) {
      integration.put(ROLE, role);
    } else if (given.has(ROLE)) {
      integration.remove(ROLE);
    }
  }
}
