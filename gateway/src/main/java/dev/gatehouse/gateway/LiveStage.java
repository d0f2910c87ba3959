package dev.gatehouse.gateway;

import dev.gatehouse.gateway.log.StageLog;
import dev.gatehouse.gateway.meter.StageMeters;
import dev.gatehouse.gateway.route.PersistentMap;
import dev.gatehouse.gateway.route.RouteTable;
import dev.gatehouse.gateway.throttle.Throttles;
import dev.gatehouse.model.Scope;
import dev.gatehouse.model.Stage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stage that takes requests.
 *
 * @param revision the revision of the store that it serves
 * @param name {@code $default} or the path segment that selects it
 * @param endpointDisabled whether only custom domains reach it
 * @param cors null where the API has none
 * @param meters what is counted of it
 * @param log null where it has no access log
 * @param backends by integration id
 * @param authorizers by authorizer id
 * @param authorizersReset what the stage's row says of the last reset of their cache
 */
record LiveStage(
    String apiId,
    Scope scope,
    long revision,
    String name,
    Map<String, String> variables,
    boolean endpointDisabled,
    @Nullable CorsPolicy cors,
    Throttles throttles,
    StageMeters meters,
    @Nullable StageLog log,
    RouteTable<LiveRoute> routes,
    PersistentMap<Backend> backends,
    Map<String, LiveAuthorizer> authorizers,
    long authorizersReset) {
  private static final Backend.Unusable NO_INTEGRATION =
      new Backend.Unusable("the route has no integration");

  /** Whether the stage's name is no part of paths. */
  boolean isDefault() {
    return name.equals(Stage.DEFAULT);
  }

  private static final LiveAuthorizer NO_AUTHORIZER =
      new LiveAuthorizer.Unusable("the route's authorizer does not exist");

  /** Who decides on a route's requests; null where the route is open. */
  @Nullable LiveAuthorizer authorizer(LiveRoute route) {
    return route.authorizerId() == null
        ? null
        : authorizers.getOrDefault(route.authorizerId(), NO_AUTHORIZER);
  }

  /** What answers a route's requests. */
  Backend backend(LiveRoute route) {
    if (route.refusal() != null) {
      return new Backend.Unusable(route.refusal());
    }
    Backend backend = route.integrationId() == null ? null : backends.get(route.integrationId());
    return backend == null ? NO_INTEGRATION : backend;
  }
}
