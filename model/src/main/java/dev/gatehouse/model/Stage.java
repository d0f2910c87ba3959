package dev.gatehouse.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stage of an API (control-plane.md section 9): a name that serves one deployment.
 *
 * @param authorizersReset ours: tells one reset of the authorizers' cache from another; never told
 *     to clients
 */
public record Stage(
    String stageName,
    Instant createdDate,
    Instant lastUpdatedDate,
    RouteSettings defaultRouteSettings,
    Map<String, RouteSettings> routeSettings,
    Map<String, String> stageVariables,
    Map<String, String> tags,
    @Nullable AccessLogSettings accessLogSettings,
    @Nullable Boolean apiGatewayManaged,
    @Nullable Long authorizersReset,
    @Nullable Boolean autoDeploy,
    @Nullable String clientCertificateId,
    @Nullable String deploymentId,
    @Nullable String description,
    @Nullable String lastDeploymentStatusMessage) {

  /** The stage that needs no path segment. */
  public static final String DEFAULT = "$default";

  /** The last reset of the authorizers' cache; 0 where there was none. */
  public long lastAuthorizersReset() {
    return authorizersReset == null ? 0 : authorizersReset;
  }
}
