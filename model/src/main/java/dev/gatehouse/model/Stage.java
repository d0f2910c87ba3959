package dev.gatehouse.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stage of an API (control-plane.md section 9): a name that serves one deployment. */
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
    @Nullable Boolean autoDeploy,
    @Nullable String clientCertificateId,
    @Nullable String deploymentId,
    @Nullable String description,
    @Nullable String lastDeploymentStatusMessage) {

  /** The stage that needs no path segment. */
  public static final String DEFAULT = "$default";
}
