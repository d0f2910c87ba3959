package dev.gatehouse.client;

import java.util.List;
import org.jspecify.annotations.Nullable;
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

  /** A route that goes nowhere yet. */
  public static RouteSpec of(String key) {
    return new RouteSpec(key, null, new Authorization.None(), false);
  }

  /** The same to that backend. */
  public RouteSpec to(Integration integration) {
    return to(integration.id());
  }

  /** The same to the backend with that id; {@code integrations/{id}} is taken as well. */
  public RouteSpec to(String idOrTarget) {
    String target = idOrTarget.startsWith(PREFIX) ? idOrTarget : PREFIX + idOrTarget;
    return new RouteSpec(key, target, authorization, answers);
  }

  /**
   * The same for bearers of a token of that authorizer, with one of the scopes where there are any.
   */
  public RouteSpec jwt(Authorizer authorizer, String... scopes) {
    return new RouteSpec(key, target, new Authorization.Jwt(authorizer, List.of(scopes)), answers);
  }

  /** The same for whom that authorizer's function lets in. */
  public RouteSpec custom(Authorizer authorizer) {
    return new RouteSpec(key, target, new Authorization.Custom(authorizer), answers);
  }

  /** The same for callers that sign with AWS credentials. */
  public RouteSpec iam() {
    return new RouteSpec(key, target, new Authorization.Iam(), answers);
  }

  /** The same WebSocket route, which sends the backend's answer to the client. */
  public RouteSpec answering() {
    return new RouteSpec(key, target, authorization, true);
  }

  CreateRouteRequest request(Api api) {
    return authorization
        .on(CreateRouteRequest.builder().apiId(api.id()).routeKey(key).target(target))
        .routeResponseSelectionExpression(answers ? "$default" : null)
        .build();
  }
}
