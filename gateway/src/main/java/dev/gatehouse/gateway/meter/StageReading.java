package dev.gatehouse.gateway.meter;

import dev.gatehouse.model.Scope;
import java.util.Map;
import java.util.Set;

/**
 * What a stage's meters say.
 *
 * @param webSocket whether it is a WebSocket API's
 * @param routes by route key
 * @param detailed the routes that are told to monitoring
 */
public record StageReading(
    Scope scope,
    String apiId,
    String stage,
    boolean webSocket,
    Reading whole,
    Map<String, Reading> routes,
    Set<String> detailed) {

  /** The same of a WebSocket API's stage. */
  public StageReading ofWebSocket() {
    return new StageReading(scope, apiId, stage, true, whole, routes, detailed);
  }
}
