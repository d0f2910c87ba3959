package dev.gatehouse.client;

import java.util.List;
import software.amazon.awssdk.services.apigatewayv2.model.AuthorizationType;
import software.amazon.awssdk.services.apigatewayv2.model.CreateRouteRequest;

/** Who may call a route. */
public sealed interface Authorization {

  /** Everyone. */
  record None() implements Authorization {}

  /** Callers that sign with AWS credentials and may {@code execute-api:Invoke}. */
  record Iam() implements Authorization {}

  /**
   * Bearers of a token.
   *
   * @param scopes one of which the token must have; empty for none
   */
  record Jwt(Authorizer authorizer, List<String> scopes) implements Authorization {
    public Jwt {
      scopes = List.copyOf(scopes);
    }
  }

  /** Whom a function lets in. */
  record Custom(Authorizer authorizer) implements Authorization {}

  /** Sets the members of a route. */
  default CreateRouteRequest.Builder on(CreateRouteRequest.Builder route) {
    if (this instanceof Iam) {
      return route.authorizationType(AuthorizationType.AWS_IAM);
    }
    if (this instanceof Jwt jwt) {
      return route
          .authorizationType(AuthorizationType.JWT)
          .authorizerId(jwt.authorizer().id())
          .authorizationScopes(jwt.scopes().isEmpty() ? null : jwt.scopes());
    }
    if (this instanceof Custom custom) {
      return route
          .authorizationType(AuthorizationType.CUSTOM)
          .authorizerId(custom.authorizer().id());
    }
    return route.authorizationType(AuthorizationType.NONE);
  }
}
