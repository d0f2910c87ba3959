package dev.gatehouse.client;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.apigatewayv2.model.CreateRouteRequest;
import software.amazon.awssdk.services.apigatewayv2.model.GetRoutesResponse;
import software.amazon.awssdk.services.apigatewayv2.model.UpdateRouteRequest;

/** Calls about the routes of an API. */
record Routes(Session session, Api api) {

  Route create(RouteSpec spec) {
    var made =
        session.run(
            "create the route " + spec.key() + " of the API " + api.id(),
            () -> session.apis().createRoute(spec.request(api)));
    Route route = new Route(api.id(), made.routeId(), spec.key());
    session.created("the route " + spec.key(), () -> remove(route));
    answer(spec, route);
    allow(spec);
    return route;
  }

  Ensured<Route> ensure(RouteSpec spec) {
    var found = all().stream().filter(each -> each.routeKey().equals(spec.key())).findFirst();
    if (found.isEmpty()) {
      return Ensured.created(create(spec));
    }
    var actual = found.get();
    CreateRouteRequest wanted = spec.request(api);
    List<String> differing = Members.differing(wanted, actual);
    if (!differing.isEmpty()) {
      UpdateRouteRequest.Builder update =
          UpdateRouteRequest.builder().apiId(api.id()).routeId(actual.routeId());
      Members.copy(wanted, update, differing);
      session.run(
          "update the route " + spec.key(), () -> session.apis().updateRoute(update.build()));
    }
    Route route = new Route(api.id(), actual.routeId(), spec.key());
    answer(spec, route);
    allow(spec);
    return Ensured.kept(route, differing);
  }

  /** A two-way route needs a response besides its expression. */
  private void answer(RouteSpec spec, Route route) {
    if (!spec.answers()) {
      return;
    }
    boolean there =
        session
            .run(
                "list the responses of the route " + spec.key(),
                () ->
                    session
                        .apis()
                        .getRouteResponses(r -> r.apiId(api.id()).routeId(route.id()))
                        .items())
            .stream()
            .anyMatch(response -> response.routeResponseKey().equals("$default"));
    if (!there) {
      session.run(
          "let the route " + spec.key() + " answer",
          () ->
              session
                  .apis()
                  .createRouteResponse(
                      r -> r.apiId(api.id()).routeId(route.id()).routeResponseKey("$default")));
    }
  }

  private void allow(RouteSpec spec) {
    String target = spec.target();
    if (target != null) {
      new Integrations(session, api)
          .function(target)
          .ifPresent(function ->
              new Permissions(session).grant(function, function.routeSource(api.id(), spec.key())));
    }
  }

  void delete(Route route) {
    Optional<FunctionArn> function =
        session
            .find(
                "read the route " + route.key(),
                () -> session.apis().getRoute(r -> r.apiId(api.id()).routeId(route.id())))
            .flatMap(found -> Optional.ofNullable(found.target()))
            .flatMap(new Integrations(session, api)::function);
    remove(route);
    function.ifPresent(gone ->
        new Permissions(session).revokeSource(gone, gone.routeSource(api.id(), route.key())));
  }

  private void remove(Route route) {
    session.remove(
        "delete the route " + route.key(),
        () -> session.apis().deleteRoute(r -> r.apiId(api.id()).routeId(route.id())));
  }

  List<Route> list() {
    return all().stream()
        .map(each -> new Route(api.id(), each.routeId(), each.routeKey()))
        .toList();
  }

  List<software.amazon.awssdk.services.apigatewayv2.model.Route> all() {
    return session.all(
        "list the routes of the API " + api.id(),
        token ->
            session.apis().getRoutes(r -> r.apiId(api.id()).nextToken(token).maxResults("100")),
        GetRoutesResponse::items,
        GetRoutesResponse::nextToken);
  }
}
