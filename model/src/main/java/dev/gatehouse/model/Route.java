package dev.gatehouse.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A route of an API (control-plane.md section 5).
 *
 * @param target {@code integrations/{integrationId}}
 * @param extensions what it does beyond AWS; null where nothing
 */
public record Route(
    String routeId,
    String routeKey,
    boolean apiKeyRequired,
    AuthorizationType authorizationType,
    @Nullable Boolean apiGatewayManaged,
    @Nullable List<String> authorizationScopes,
    @Nullable String authorizerId,
    @Nullable String modelSelectionExpression,
    @Nullable String operationName,
    @Nullable Map<String, String> requestModels,
    @Nullable Map<String, ParameterConstraints> requestParameters,
    @Nullable String routeResponseSelectionExpression,
    @Nullable String target,
    @Nullable RouteExtensions extensions) {

  private static final String TARGET_PREFIX = "integrations/";

  /** Whether requests must bring an API key, beyond AWS. */
  public boolean demandsKey() {
    return extensions != null && Boolean.TRUE.equals(extensions.apiKeyRequired());
  }

  /** The id of the integration that the target names, or null where the route has none. */
  public @Nullable String integrationId() {
    return target != null && target.startsWith(TARGET_PREFIX)
        ? target.substring(TARGET_PREFIX.length())
        : null;
  }
}
