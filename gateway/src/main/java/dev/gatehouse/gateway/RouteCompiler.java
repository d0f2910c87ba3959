package dev.gatehouse.gateway;

import dev.gatehouse.model.AuthorizationType;
import dev.gatehouse.model.Extensions;
import dev.gatehouse.model.Route;
import dev.gatehouse.model.RouteKey;
import dev.gatehouse.model.RouteKey.Greedy;
import dev.gatehouse.model.RouteKey.MethodAndPath;
import dev.gatehouse.model.RouteKey.Segment;
import dev.gatehouse.model.RouteKey.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles one route. */
final class RouteCompiler {
  private RouteCompiler() {}

  static LiveRoute compile(Route route, RouteKey key, Extensions on) {
    return key instanceof MethodAndPath(String method, List<Segment> path)
        ? compile(route, route.routeKey().substring(method.length() + 1), variables(path), on)
        : compile(route, RouteKey.DEFAULT, List.of(), on);
  }

  private static LiveRoute compile(
      Route route, String template, List<String> variables, Extensions on) {
    List<String> scopes = route.authorizationScopes();
    String integration = route.integrationId();
    return new LiveRoute(
        route.routeKey(),
        template,
        variables,
        // One text for all routes that have it: requests for any of them find it in the cache.
        integration == null ? null : integration.intern(),
        route.authorizerId(),
        scopes == null || scopes.isEmpty() ? null : List.copyOf(scopes),
        route.authorizationType() == AuthorizationType.AWS_IAM,
        route.demandsKey(),
        refusal(route, on));
  }

  /** A route never serves anyone whom its authorization has not seen. */
  private static @Nullable String refusal(Route route, Extensions on) {
    if (route.demandsKey() && !on.apiKeys()) {
      return "the route demands an API key, and extensions.api-keys is off";
    }
    return switch (route.authorizationType()) {
      case NONE, AWS_IAM -> null;
      case CUSTOM, JWT -> route.authorizerId() == null ? "the route names no authorizer" : null;
    };
  }

  private static List<String> variables(List<Segment> path) {
    List<String> variables = new ArrayList<>();
    for (Segment segment : path) {
      if (segment instanceof Variable(String name)) {
        variables.add(name);
      } else if (segment instanceof Greedy(String name)) {
        variables.add(name);
      }
    }
    return List.copyOf(variables);
  }
}
