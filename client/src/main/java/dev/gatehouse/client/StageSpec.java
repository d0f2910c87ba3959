package dev.gatehouse.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apigatewayv2.model.AccessLogSettings;
import software.amazon.awssdk.services.apigatewayv2.model.CreateStageRequest;
import software.amazon.awssdk.services.apigatewayv2.model.RouteSettings;

/**
 * A stage that is wanted. Its name says which one it is.
 *
 * @param autoDeploy whether every change of the API is served at once
 * @param deploymentId which deployment it serves; null for none, or the latest with auto-deploy
 * @param throttle of each route that has none of its own; null for none
 * @param routeThrottles by route key
 */
public record StageSpec(
    String name,
    boolean autoDeploy,
    @Nullable String deploymentId,
    Map<String, String> variables,
    @Nullable Throttle throttle,
    Map<String, Throttle> routeThrottles,
    @Nullable AccessLog accessLog,
    @Nullable String description) {

  /**
   * Where a stage's access log goes.
   *
   * @param destinationArn of a log group
   * @param format such as {@code $context.requestId $context.status}
   */
  public record AccessLog(String destinationArn, String format) {}

  public StageSpec {
    variables = Map.copyOf(variables);
    routeThrottles = Map.copyOf(routeThrottles);
  }

  /**
   * A stage that serves every change at once.
   *
   * {@snippet class="SpecExamples" region="stages"}
   */
  public static StageSpec of(String name) {
    return new StageSpec(name, true, null, Map.of(), null, Map.of(), null, null);
  }

  /**
   * The same without auto-deploy, serving that deployment.
   *
   * {@snippet class="SpecExamples" region="stages"}
   */
  public StageSpec deployment(Deployment deployment) {
    return new StageSpec(
        name, false, deployment.id(), variables, throttle, routeThrottles, accessLog, description);
  }

  /**
   * The same without auto-deploy, serving nothing until it is given a deployment.
   *
   * {@snippet class="SpecExamples" region="stages"}
   */
  public StageSpec withoutAutoDeploy() {
    return new StageSpec(
        name, false, null, variables, throttle, routeThrottles, accessLog, description);
  }

  /**
   * The same with one more stage variable.
   *
   * {@snippet class="SpecExamples" region="stages"}
   */
  public StageSpec variable(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(variables);
    more.put(key, value);
    return new StageSpec(
        name, autoDeploy, deploymentId, more, throttle, routeThrottles, accessLog, description);
  }

  /**
   * The same with a limit for each route that has none of its own.
   *
   * {@snippet class="SpecExamples" region="stages"}
   */
  public StageSpec throttle(double rate, int burst) {
    Throttle limit = new Throttle(rate, burst);
    return new StageSpec(
        name, autoDeploy, deploymentId, variables, limit, routeThrottles, accessLog, description);
  }

  /**
   * The same with a limit of one route.
   *
   * {@snippet class="SpecExamples" region="stages"}
   */
  public StageSpec throttle(String routeKey, double rate, int burst) {
    Map<String, Throttle> more = new LinkedHashMap<>(routeThrottles);
    more.put(routeKey, new Throttle(rate, burst));
    return new StageSpec(
        name, autoDeploy, deploymentId, variables, throttle, more, accessLog, description);
  }

  /**
   * The same with an access log.
   *
   * {@snippet class="SpecExamples" region="stages"}
   */
  public StageSpec accessLog(String destinationArn, String format) {
    AccessLog log = new AccessLog(destinationArn, format);
    return new StageSpec(
        name, autoDeploy, deploymentId, variables, throttle, routeThrottles, log, description);
  }

  /**
   * The same with a description.
   *
   * {@snippet class="SpecExamples" region="stages"}
   */
  public StageSpec description(String text) {
    return new StageSpec(
        name, autoDeploy, deploymentId, variables, throttle, routeThrottles, accessLog, text);
  }

  CreateStageRequest request(Api api) {
    CreateStageRequest.Builder stage =
        CreateStageRequest.builder()
            .apiId(api.id())
            .stageName(name)
            .autoDeploy(autoDeploy)
            .deploymentId(deploymentId)
            .stageVariables(variables.isEmpty() ? null : variables)
            .description(description);
    if (throttle != null) {
      stage.defaultRouteSettings(settings(throttle));
    }
    if (!routeThrottles.isEmpty()) {
      Map<String, RouteSettings> routes = new LinkedHashMap<>();
      routeThrottles.forEach((key, limit) -> routes.put(key, settings(limit)));
      stage.routeSettings(routes);
    }
    if (accessLog != null) {
      stage.accessLogSettings(
          AccessLogSettings.builder()
              .destinationArn(accessLog.destinationArn())
              .format(accessLog.format())
              .build());
    }
    return stage.build();
  }

  private static RouteSettings settings(Throttle limit) {
    return RouteSettings.builder()
        .throttlingRateLimit(limit.rate())
        .throttlingBurstLimit(limit.burst())
        .build();
  }
}
