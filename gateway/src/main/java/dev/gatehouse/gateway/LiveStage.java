package dev.gatehouse.gateway;

import dev.gatehouse.gateway.route.RouteTable;
import dev.gatehouse.model.Scope;
import dev.gatehouse.model.Stage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stage that takes requests.
 *
 * @param name {@code $default} or the path segment that selects it
 * @param endpointDisabled whether only custom domains reach it
 * @param cors null where the API has none
 */
record LiveStage(
    String apiId,
    Scope scope,
    String name,
    Map<String, String> variables,
    boolean endpointDisabled,
    @Nullable CorsPolicy cors,
    RouteTable<LiveRoute> routes) {

  /** Whether the stage's name is no part of paths. */
  boolean isDefault() {
    return name.equals(Stage.DEFAULT);
  }
}
