package dev.gatehouse.gateway;

import dev.gatehouse.gateway.log.StageLog;
import dev.gatehouse.gateway.meter.StageMeters;
import dev.gatehouse.gateway.route.PersistentMap;
import dev.gatehouse.gateway.route.RouteTable;
import dev.gatehouse.gateway.throttle.Throttles;
import dev.gatehouse.model.Api;
import dev.gatehouse.model.ApiRelease;
import dev.gatehouse.model.ApiRelease.Difference;
import dev.gatehouse.model.ApiRelease.StageRelease;
import dev.gatehouse.model.ApiRelease.Whole;
import dev.gatehouse.model.Authorizer;
import dev.gatehouse.model.Cors;
import dev.gatehouse.model.Integration;
import dev.gatehouse.model.Route;
import dev.gatehouse.model.RouteKey;
import dev.gatehouse.model.Stage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compiles an API's definitions into what requests read, from nothing or as a difference to what is
 * served. Pure; runs off the event loops.
 */
record ApiCompiler(Surroundings surroundings) {

  /**
   * Compiles an API. A stage without a deployment is as good as none.
   *
   * @param served what is served now; null where the API is new
   * @throws IllegalArgumentException where the release tells a difference to something else
   */
  LiveApi compile(ApiRelease release, @Nullable LiveApi served) {
    Map<String, LiveStage> stages = new HashMap<>();
    for (StageRelease told : release.stages()) {
      String name = told.stage().stageName();
      // No switch, here and in what else a start goes through: the JVM makes a class for each.
      if (told.deployed() instanceof Whole whole) {
        LiveStage before = served == null ? null : served.stages().get(name);
        stages.put(name, whole(release, told.stage(), before, whole));
      } else if (told.deployed() instanceof Difference difference) {
        LiveStage base = base(served, told.stage(), difference);
        stages.put(name, changed(release, told.stage(), base, difference));
      }
    }
    return new LiveApi(release.apiId(), Map.copyOf(stages));
  }

  /** The stage that a difference is to; its integrations must have the same variables filled in. */
  private static LiveStage base(@Nullable LiveApi served, Stage stage, Difference difference) {
    LiveStage base = served == null ? null : served.stages().get(stage.stageName());
    if (base == null
        || base.revision() != difference.base()
        || !base.variables().equals(stage.stageVariables())) {
      throw new IllegalArgumentException(
          "stage " + stage.stageName() + " is not served as it was at " + difference.base());
    }
    return base;
  }

  private LiveStage whole(
      ApiRelease release, Stage stage, @Nullable LiveStage before, Whole whole) {
    Throttles throttles = Throttles.of(stage, before == null ? null : before.throttles());
    throttles.retain(keys(whole.routes()));
    return stage(
        release,
        stage,
        throttles,
        whole.revision(),
        whole.api(),
        whole.authorizers(),
        withRoutes(RouteTable.empty(), whole.routes()),
        withBackends(PersistentMap.empty(), whole.integrations(), stage.stageVariables()),
        before);
  }

  private LiveStage changed(
      ApiRelease release, Stage stage, LiveStage base, Difference difference) {
    RouteTable<LiveRoute> routes = base.routes();
    for (Route removed : difference.removedRoutes()) {
      RouteKey key = key(removed);
      routes = key == null ? routes : routes.without(key);
    }
    PersistentMap<Backend> backends = base.backends();
    for (String removed : difference.removedIntegrations()) {
      backends = backends.without(removed);
    }
    Throttles throttles = Throttles.of(stage, base.throttles());
    Set<String> gone = keys(difference.removedRoutes());
    gone.removeAll(keys(difference.addedRoutes()));
    gone.forEach(throttles::forget);
    return stage(
        release,
        stage,
        throttles,
        difference.revision(),
        difference.api(),
        difference.authorizers(),
        withRoutes(routes, difference.addedRoutes()),
        withBackends(backends, difference.addedIntegrations(), stage.stageVariables()),
        base);
  }

  /**
   * The authorizers whose results stay in force: a deployment leaves them [U], as does a changed
   * stage; ResetAuthorizersCache does not.
   */
  private static Map<String, LiveAuthorizer> kept(Stage stage, @Nullable LiveStage before) {
    return before != null && before.authorizersReset() == stage.lastAuthorizersReset()
        ? before.authorizers()
        : Map.of();
  }

  private LiveStage stage(
      ApiRelease release,
      Stage stage,
      Throttles throttles,
      long revision,
      Api api,
      List<Authorizer> authorizers,
      RouteTable<LiveRoute> routes,
      PersistentMap<Backend> backends,
      @Nullable LiveStage before) {
    Cors cors = api.corsConfiguration();
    return new LiveStage(
        release.apiId(),
        release.scope(),
        revision,
        stage.stageName(),
        Map.copyOf(stage.stageVariables()),
        api.disableExecuteApiEndpoint(),
        cors == null ? null : new CorsPolicy(cors),
        throttles,
        StageMeters.of(stage, before == null ? null : before.meters()),
        StageLog.compile(stage.accessLogSettings()),
        routes,
        backends,
        new AuthorizerCompiler(surroundings.authorization())
            .compile(authorizers, stage.stageVariables(), kept(stage, before)),
        stage.lastAuthorizersReset());
  }

  private RouteTable<LiveRoute> withRoutes(RouteTable<LiveRoute> table, List<Route> routes) {
    RouteTable<LiveRoute> more = table;
    for (Route route : routes) {
      RouteKey key = key(route);
      more =
          key == null
              ? more
              : more.with(key, RouteCompiler.compile(route, key, surroundings.extensions()));
    }
    return more;
  }

  private static Set<String> keys(List<Route> routes) {
    Set<String> keys = new HashSet<>();
    routes.forEach(route -> keys.add(route.routeKey()));
    return keys;
  }

  private static @Nullable RouteKey key(Route route) {
    return RouteKey.parse(route.routeKey()) instanceof RouteKey.Valid(RouteKey key) ? key : null;
  }

  private PersistentMap<Backend> withBackends(
      PersistentMap<Backend> backends,
      List<Integration> integrations,
      Map<String, String> variables) {
    BackendCompiler compiler = new BackendCompiler(surroundings, variables);
    PersistentMap<Backend> more = backends;
    for (Integration integration : integrations) {
      more = more.with(integration.integrationId(), compiler.compile(integration));
    }
    return more;
  }
}
