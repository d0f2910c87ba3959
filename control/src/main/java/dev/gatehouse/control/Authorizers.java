package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.Authorizer;
import dev.gatehouse.model.JwtConfiguration;
import dev.gatehouse.model.Route;
import dev.gatehouse.store.View;
import dev.gatehouse.wire.ServiceException;
import tools.jackson.databind.node.ObjectNode;

/** Authorizers (control-plane.md section 10). */
final class Authorizers implements Rules {
  private final Desk desk;

  Authorizers(Desk desk) {
    this.desk = desk;
  }

  @Override
  public int limit() {
    return desk.limits().authorizers();
  }

  @Override
  public void check(View view, Call call, Api api, ObjectNode body) {
    AuthorizerRules.complete(api, call.given(), body);
    AuthorizerRules.check(api, body, desk.limits());
  }

  @Override
  public String uniqueKey(Api api, ObjectNode body) {
    return body.get("name").stringValue();
  }

  @Override
  public ServiceException taken(ObjectNode body) {
    return Refusals.duplicateAuthorizer(body.get("name").stringValue());
  }

  @Override
  public void checkDelete(View view, Call call, ObjectNode body) {
    Authorizer authorizer = Desk.bind(body, Authorizer.class);
    Kind.ROUTE.below(call.scope(), call.apiId()).all(view, Route.class).stream()
        .filter(route -> authorizer.authorizerId().equals(route.authorizerId()))
        .findFirst()
        .ifPresent(route -> {
          throw Refusals.authorizerInUse(authorizer.name(), route.routeKey());
        });
  }

  /**
   * Asks a new issuer for its discovery document. Happens before the write, so that a slow issuer
   * keeps no one waiting.
   */
  Handler withDiscovery(Handler write) {
    return call -> {
      if (call.given().get("jwtConfiguration") instanceof ObjectNode given) {
        JwtConfiguration jwt = Desk.bind(given, JwtConfiguration.class);
        Desk.apiBody(desk.store().head(), call.scope(), call.apiId());
        if (jwt.issuer() != null) {
          AuthorizerRules.checkIssuer(jwt.issuer());
          desk.discovery().check(jwt.issuer());
        }
      }
      return write.handle(call);
    };
  }
}
