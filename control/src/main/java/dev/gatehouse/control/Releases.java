package dev.gatehouse.control;

import dev.gatehouse.model.ApiRelease;
import dev.gatehouse.model.ApiRelease.Deployed;
import dev.gatehouse.model.ApiRelease.StageRelease;
import dev.gatehouse.model.Authorizer;
import dev.gatehouse.model.Deployment;
import dev.gatehouse.model.Integration;
import dev.gatehouse.model.IntegrationResponse;
import dev.gatehouse.model.ProtocolType;
import dev.gatehouse.model.Route;
import dev.gatehouse.model.Scope;
import dev.gatehouse.model.Stage;
import dev.gatehouse.store.Row;
import dev.gatehouse.store.Store;
import dev.gatehouse.store.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the data plane is to serve, read from the store. A deployment is a revision, so what a stage
 * serves is a scan at that revision, or, where the data plane already serves another revision, the
 * few rows that differ: one changed route of 100,000 costs as much as one of ten.
 */
public final class Releases {
  /**
   * Beyond this many revisions a scan of one API is no dearer than a look at everyone's changes.
   */
  private static final long FAR = 2_000;

  private final Store store;

  /** Releases of a store. */
  public Releases(Store store) {
    this.store = store;
  }

  /** The ids of all APIs, of every account and region. */
  public List<String> apiIds() {
    return store.head().listAnywhere(Kind.API.word()).stream().map(Row::id).toList();
  }

  /**
   * The API as its stages serve it now; empty where there is none of that id.
   *
   * @param served the revision that the data plane serves on each stage, by the stage's name; a
   *     stage that is not among them is told whole
   */
  public Optional<ApiRelease> read(String apiId, Map<String, Long> served) {
    View head = store.head();
    return head.findAnywhere(Kind.API.word(), apiId).map(row -> release(head, row, served));
  }

  /**
   * The APIs whose release differs because of these rows. A route alone changes no release: stages
   * serve deployments, and a deployment reaches traffic through its stage's row.
   */
  public Set<String> changed(List<Row> rows) {
    Set<String> changed = new LinkedHashSet<>();
    for (Row row : rows) {
      if (row.shelf().kind().equals(Kind.API.word())) {
        changed.add(row.id());
      } else if (row.shelf().kind().equals(Kind.STAGE.word())) {
        changed.add(row.shelf().parent());
      }
    }
    return changed;
  }

  private ApiRelease release(View head, Row row, Map<String, Long> served) {
    Scope scope = row.shelf().scope();
    List<StageRelease> stages = new ArrayList<>();
    for (Stage stage : Kind.STAGE.below(scope, row.id()).all(head, Stage.class)) {
      Long base = served.get(stage.stageName());
      stages.add(new StageRelease(stage, deployed(head, scope, row.id(), stage, base)));
    }
    ProtocolType protocol = Desk.api(head, scope, row.id()).protocolType();
    return new ApiRelease(scope, row.id(), protocol, List.copyOf(stages));
  }

  private Deployed deployed(
      View head, Scope scope, String apiId, Stage stage, @Nullable Long base) {
    if (stage.deploymentId() == null) {
      return new ApiRelease.Nothing();
    }
    Deployment deployment =
        Kind.DEPLOYMENT.below(scope, apiId).require(head, stage.deploymentId(), Deployment.class);
    View then = store.at(deployment.revision());
    if (Desk.api(then, scope, apiId).protocolType() == ProtocolType.WEBSOCKET) {
      return webSocket(then, scope, apiId);
    }
    return base == null || Math.abs(base - then.revision()) > FAR
        ? whole(then, scope, apiId)
        : difference(base, then, scope, apiId);
  }

  private static Deployed whole(View then, Scope scope, String apiId) {
    return new ApiRelease.Whole(
        then.revision(),
        Desk.api(then, scope, apiId),
        Kind.AUTHORIZER.below(scope, apiId).all(then, Authorizer.class),
        Kind.ROUTE.below(scope, apiId).all(then, Route.class),
        Kind.INTEGRATION.below(scope, apiId).all(then, Integration.class));
  }

  private static Deployed webSocket(View then, Scope scope, String apiId) {
    List<Route> routes = Kind.ROUTE.below(scope, apiId).all(then, Route.class);
    Set<String> answering = new HashSet<>();
    for (Route route : routes) {
      Drawer responses = Kind.ROUTE_RESPONSE.below(scope, apiId + "/" + route.routeId());
      if (route.routeResponseSelectionExpression() != null && !responses.isEmpty(then)) {
        answering.add(route.routeId());
      }
    }
    List<Integration> integrations =
        Kind.INTEGRATION.below(scope, apiId).all(then, Integration.class);
    Map<String, List<IntegrationResponse>> responses = new HashMap<>();
    for (Integration integration : integrations) {
      if (integration.integrationResponseSelectionExpression() != null) {
        String id = integration.integrationId();
        Drawer drawer = Kind.INTEGRATION_RESPONSE.below(scope, apiId + "/" + id);
        responses.put(id, drawer.all(then, IntegrationResponse.class));
      }
    }
    return new ApiRelease.WebSocket(
        then.revision(),
        Desk.api(then, scope, apiId),
        Kind.AUTHORIZER.below(scope, apiId).all(then, Authorizer.class),
        routes,
        answering,
        integrations,
        responses);
  }

  private Deployed difference(long base, View then, Scope scope, String apiId) {
    View before = store.at(base);
    List<Row> rows =
        store.changesSince(Math.min(base, then.revision()), Math.max(base, then.revision()));
    Drawer routes = Kind.ROUTE.below(scope, apiId);
    Drawer integrations = Kind.INTEGRATION.below(scope, apiId);
    Set<String> routeIds = idsOn(routes, rows);
    Set<String> integrationIds = idsOn(integrations, rows);
    return new ApiRelease.Difference(
        base,
        then.revision(),
        Desk.api(then, scope, apiId),
        Kind.AUTHORIZER.below(scope, apiId).all(then, Authorizer.class),
        those(routes, routeIds, before, Route.class),
        those(routes, routeIds, then, Route.class),
        those(integrations, integrationIds, before, Integration.class).stream()
            .map(Integration::integrationId)
            .toList(),
        those(integrations, integrationIds, then, Integration.class));
  }

  private static Set<String> idsOn(Drawer drawer, List<Row> rows) {
    Set<String> ids = new LinkedHashSet<>();
    for (Row row : rows) {
      if (row.shelf().equals(drawer.shelf())) {
        ids.add(row.id());
      }
    }
    return ids;
  }

  private static <T> List<T> those(Drawer drawer, Set<String> ids, View view, Class<T> type) {
    List<T> found = new ArrayList<>();
    for (String id : ids) {
      drawer.find(view, id).ifPresent(body -> found.add(Desk.bind(body, type)));
    }
    return found;
  }
}
