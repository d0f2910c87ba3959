package dev.gatehouse.gateway;

import dev.gatehouse.model.AuthorizationType;
import dev.gatehouse.model.Route;
import dev.gatehouse.model.RouteKey;
import dev.gatehouse.model.RouteKey.Greedy;
import dev.gatehouse.model.RouteKey.Literal;
import dev.gatehouse.model.RouteKey.MethodAndPath;
import dev.gatehouse.model.RouteKey.Segment;
import dev.gatehouse.model.RouteKey.Variable;
import java.util.ArrayList;
import java.util.List;

/** Compiles one route. */
final class RouteCompiler {
  private RouteCompiler() {}

  static LiveRoute compile(Route route, RouteKey key) {
    String refusal =
        route.authorizationType() == AuthorizationType.NONE
            ? null
            : "authorization " + route.authorizationType() + " is not built yet";
    return switch (key) {
      case RouteKey.CatchAll() ->
          new LiveRoute(
              route.routeKey(), RouteKey.DEFAULT, List.of(), route.integrationId(), refusal);
      case MethodAndPath(String method, List<Segment> path) ->
          new LiveRoute(
              route.routeKey(),
              route.routeKey().substring(method.length() + 1),
              variables(path),
              route.integrationId(),
              refusal);
    };
  }

  private static List<String> variables(List<Segment> path) {
    List<String> variables = new ArrayList<>();
    for (Segment segment : path) {
      switch (segment) {
        case Literal literal -> {}
        case Variable variable -> variables.add(variable.name());
        case Greedy greedy -> variables.add(greedy.name());
      }
    }
    return List.copyOf(variables);
  }
}
