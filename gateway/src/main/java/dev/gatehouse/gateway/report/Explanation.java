package dev.gatehouse.gateway.report;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which way a request would go, and why.
 *
 * @param outcome all of it in a sentence
 * @param api null where the address names none that is served
 * @param stage null where none is selected
 * @param route null where none takes the request
 * @param notChosen the nearest other routes, the nearest first
 * @param authorizer null where the route is open
 * @param target null where no integration is asked
 */
public record Explanation(
    String outcome,
    Asked request,
    @Nullable ApiChosen api,
    @Nullable StageChosen stage,
    @Nullable RouteChosen route,
    List<NotChosen> notChosen,
    @Nullable AuthorizerAsked authorizer,
    @Nullable Target target) {

  /** The request as it is read; its query plays no part. */
  public record Asked(String method, String host, String path) {}

  /**
   * An API.
   *
   * @param why how the address names it
   */
  public record ApiChosen(String apiId, String why) {}

  /**
   * A stage.
   *
   * @param path what is left for the routes, decoded
   * @param others the API's other stages
   */
  public record StageChosen(
      String stageName, String why, String path, long revision, List<String> others) {}

  /**
   * A route.
   *
   * @param throttle null where nothing limits it
   */
  public record RouteChosen(
      String routeKey, Map<String, String> pathParameters, @Nullable Throttle throttle) {}

  /** How much a route lets through. */
  public record Throttle(double rateLimit, int burstLimit) {}

  /** A route that the request does not meet. */
  public record NotChosen(String routeKey, String why) {}

  /** Who decides on the request. */
  public record AuthorizerAsked(
      String authorizerId, String authorizerType, List<String> identitySource, String asks) {}

  /**
   * What is asked for the answer.
   *
   * @param method the method that a backend is asked with; null where there is none
   * @param uri a URL or a function's ARN; null where nothing can be asked
   * @param note what else is to be known; null where there is nothing
   */
  public record Target(
      String integrationType,
      @Nullable String integrationId,
      @Nullable String method,
      @Nullable String uri,
      @Nullable String payloadFormatVersion,
      @Nullable Integer timeoutInMillis,
      @Nullable Map<String, String> requestParameters,
      @Nullable Map<String, Map<String, String>> responseParameters,
      @Nullable String note) {}
}
