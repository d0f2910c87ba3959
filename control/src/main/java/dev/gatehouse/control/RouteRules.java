package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.AuthorizationType;
import dev.gatehouse.model.Authorizer;
import dev.gatehouse.model.ProtocolType;
import dev.gatehouse.model.Route;
import dev.gatehouse.model.Scope;
import dev.gatehouse.store.View;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** What a route may be (control-plane.md section 5). */
final class RouteRules {
  private static final Map<String, Predicate<Route>> WEBSOCKET_ONLY =
      Map.of(
          "apiKeyRequired", Route::apiKeyRequired,
          "requestParameters", route -> route.requestParameters() != null,
          "requestModels", route -> route.requestModels() != null,
          "modelSelectionExpression", route -> route.modelSelectionExpression() != null,
          "routeResponseSelectionExpression",
              route -> route.routeResponseSelectionExpression() != null);

  private RouteRules() {}

  /** The members that a route has when the caller gives none [C]. */
  static ObjectNode defaults() {
    return Desk.object().put("apiKeyRequired", false).put("authorizationType", "NONE");
  }

  /** Takes out what a route without an authorizer cannot have, so that NONE detaches it [C]. */
  static void complete(ObjectNode route) {
    String type = route.path("authorizationType").asString();
    if (type.equals("NONE") || type.equals("AWS_IAM")) {
      route.remove("authorizerId");
      route.remove("authorizationScopes");
    }
    if (route.path("authorizationScopes").isArray() && route.get("authorizationScopes").isEmpty()) {
      route.remove("authorizationScopes");
    }
  }

  /** Holds a route that has been completed against the rules. */
  static Route check(View view, Scope scope, Api api, ObjectNode body, Limits limits) {
    if (!body.has("routeKey")) {
      throw OwnRefusals.required("routeKey");
    }
    Route route = Desk.bind(body, Route.class);
    RouteKeys.check(api.protocolType(), route.routeKey());
    switch (api.protocolType()) {
      case HTTP -> checkHttp(route);
      case WEBSOCKET -> checkWebSocket(route);
    }
    checkAuthorizer(view, scope, api, route, limits);
    checkTarget(view, scope, api, route);
    return route;
  }

  private static void checkHttp(Route route) {
    WEBSOCKET_ONLY.forEach((member, isUsed) -> {
      if (isUsed.test(route)) {
        throw OwnRefusals.onlyFor("WebSocket", member);
      }
    });
  }

  private static void checkWebSocket(Route route) {
    if (route.authorizationType() == AuthorizationType.JWT) {
      throw OwnRefusals.invalid("authorizationType", "JWT is supported only for HTTP APIs");
    }
    if (route.authorizationType() != AuthorizationType.NONE
        && !route.routeKey().equals("$connect")) {
      throw Refusals.authorizationOnlyOnConnect();
    }
    SelectionExpressions.checkOfMessage(
        "modelSelectionExpression", route.modelSelectionExpression());
    if (route.requestParameters() != null) {
      WebSocketMappingRules.checkDeclared(route.requestParameters());
    }
    String response = route.routeResponseSelectionExpression();
    if (response != null && !response.equals("$default")) {
      throw OwnRefusals.invalid("routeResponseSelectionExpression", "it is $default");
    }
  }

  private static void checkAuthorizer(View view, Scope scope, Api api, Route route, Limits limits) {
    List<String> scopes = route.authorizationScopes();
    switch (route.authorizationType()) {
      case NONE, AWS_IAM -> {}
      case CUSTOM -> {
        if (!isOfType("REQUEST", view, scope, api, route)) {
          throw Refusals.noCustomAuthorizer();
        }
        if (scopes != null) {
          throw OwnRefusals.invalid("authorizationScopes", "only JWT authorizers have scopes");
        }
      }
      case JWT -> {
        if (!isOfType("JWT", view, scope, api, route)) {
          throw Refusals.noJwtAuthorizer();
        }
        if (scopes != null && scopes.size() > limits.scopesPerRoute()) {
          throw OwnRefusals.invalid(
              "authorizationScopes", "a route has " + limits.scopesPerRoute() + " at most");
        }
      }
    }
  }

  private static boolean isOfType(String type, View view, Scope scope, Api api, Route route) {
    String id = route.authorizerId();
    return id != null
        && Kind.AUTHORIZER
            .below(scope, api.apiId())
            .find(view, id)
            .map(body -> Desk.bind(body, Authorizer.class))
            .filter(authorizer -> authorizer.authorizerType().equals(type))
            .isPresent();
  }

  /** AWS's form is {@code integrations/{id}}; an unknown one is answered 404 [U]. */
  private static void checkTarget(View view, Scope scope, Api api, Route route) {
    String id = route.integrationId();
    if (route.target() != null && (id == null || id.isEmpty())) {
      throw OwnRefusals.invalid("target", "it has the form integrations/{integrationId}");
    }
    if (id != null) {
      Kind.INTEGRATION.below(scope, api.apiId()).require(view, id);
    }
  }

  /** The name that no other route of the API may have. */
  static String uniqueKey(Api api, Route route) {
    return api.protocolType() == ProtocolType.HTTP
        ? RouteKeys.canonical(route.routeKey())
        : route.routeKey();
  }
}
