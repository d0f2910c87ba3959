package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.log.ExecutionLog;
import dev.gatehouse.gateway.log.StageLog;
import dev.gatehouse.gateway.meter.StageMeters;
import dev.gatehouse.gateway.throttle.Throttles;
import dev.gatehouse.model.Scope;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stage of a WebSocket API that takes connections.
 *
 * @param endpointDisabled whether only custom domains reach it
 * @param meters what is counted of it
 * @param log null where it has no access log
 * @param steps null where it has no execution log
 * @param routes by route key
 * @param gate what {@code $connect} asks of a client
 */
record LiveSocketStage(
    String apiId,
    Scope scope,
    String name,
    Map<String, String> variables,
    boolean endpointDisabled,
    Throttles throttles,
    StageMeters meters,
    @Nullable StageLog log,
    @Nullable ExecutionLog steps,
    RouteSelection selection,
    Map<String, SocketRoute> routes,
    ConnectGate gate) {

  /** Whether its events are written down anywhere. */
  boolean isLogged() {
    return log != null || steps != null;
  }

  /** {@code arn:aws:execute-api:{region}:{account}:{apiId}}. */
  String apiArn() {
    return "arn:aws:execute-api:" + scope.region() + ":" + scope.account() + ":" + apiId;
  }

  /** What functions and policies see of a route (websocket-api.md 15 [C]). */
  String routeArn(String routeKey) {
    return apiArn() + "/" + name + "/" + routeKey;
  }
}
