package dev.gatehouse.client;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apigatewayv2.model.AuthorizationType;
import software.amazon.awssdk.services.apigatewayv2.model.CreateRouteRequest;

/**
 * A route that is wanted. Its key says which one it is.
 *
 * @param key such as {@code GET /items/{id}}, {@code ANY /{proxy+}}, {@code $default}, {@code
 *     $connect}
 * @param target {@code integrations/{id}}; null for none
 * @param authorization nobody is asked for anything with {@link Authorization.None}
 * @param answers whether a WebSocket route sends the backend's answer to the client
 */
public record RouteSpec(
    String key, @Nullable String target, Authorization authorization, boolean answers) {
  private static final String PREFIX = "integrations/";

  /**
   * A route that goes nowhere yet.
   *
   * {@snippet class="SpecExamples" region="routes"}
   */
  public static RouteSpec of(String key) {
    return new RouteSpec(key, null, new Authorization.None(), false);
  }

  /**
   * The same to that backend.
   *
   * {@snippet class="SpecExamples" region="routes"}
   */
  public RouteSpec to(Integration integration) {
    return to(integration.id());
  }

  /**
   * The same to the backend with that id; {@code integrations/{id}} is taken as well.
   *
   * {@snippet class="SpecExamples" region="routes"}
   */
  public RouteSpec to(String idOrTarget) {
    String target = idOrTarget.startsWith(PREFIX) ? idOrTarget : PREFIX + idOrTarget;
    return new RouteSpec(key, target, authorization, answers);
  }

  /**
   * The same for bearers of a token of that authorizer, with one of the scopes where there are any.
   *
   * {@snippet class="SpecExamples" region="routes"}
   */
  public RouteSpec jwt(Authorizer authorizer, String... scopes) {
    return new RouteSpec(key, target, new Authorization.Jwt(authorizer, List.of(scopes)), answers);
  }

  /**
   * The same for whom that authorizer's function lets in.
   *
   * {@snippet class="SpecExamples" region="routes"}
   */
  public RouteSpec custom(Authorizer authorizer) {
    return new RouteSpec(key, target, new Authorization.Custom(authorizer), answers);
  }

  /**
   * The same for callers that sign with AWS credentials.
   *
   * {@snippet class="SpecExamples" region="routes"}
   */
  public RouteSpec iam() {
    return new RouteSpec(key, target, new Authorization.Iam(), answers);
  }

  /**
   * The same WebSocket route, which sends the backend's answer to the client.
   *
   * {@snippet class="SpecExamples" region="answering"}
   */
  public RouteSpec answering() {
    return new RouteSpec(key, target, authorization, true);
  }

  CreateRouteRequest request(Api api) {
    return authorized(CreateRouteRequest.builder().apiId(api.id()).routeKey(key).target(target))
        .routeResponseSelectionExpression(answers ? "$default" : null)
        .build();
  }

  private CreateRouteRequest.Builder authorized(CreateRouteRequest.Builder route) {
    if (authorization instanceof Authorization.Iam) {
      return route.authorizationType(AuthorizationType.AWS_IAM);
    }
    if (authorization instanceof Authorization.Jwt jwt) {
      return route
          .authorizationType(AuthorizationType.JWT)
          .authorizerId(jwt.authorizer().id())
          .authorizationScopes(jwt.scopes().isEmpty() ? null : jwt.scopes());
    }
    if (authorization instanceof Authorization.Custom custom) {
      return route
          .authorizationType(AuthorizationType.CUSTOM)
          .authorizerId(custom.authorizer().id());
    }
    return route.authorizationType(AuthorizationType.NONE);
  }
}
