package dev.gatehouse.model;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the data plane is told of one API: its owner and each of its stages with the deployment that
 * the stage points to.
 */
public record ApiRelease(
    Scope scope, String apiId, ProtocolType protocol, List<StageRelease> stages) {

  /** One stage and what it is to serve. */
  public record StageRelease(Stage stage, Deployed deployed) {}

  /** What a stage serves: the API as it was at a revision of the store. */
  public sealed interface Deployed {}

  /** The stage points to no deployment. */
  public record Nothing() implements Deployed {}

  /** All of the API at that revision. */
  public record Whole(
      long revision,
      Api api,
      List<Authorizer> authorizers,
      List<Route> routes,
      List<Integration> integrations)
      implements Deployed {}

  /**
   * All of a WebSocket API at that revision. It has few routes, so that differences are not worth
   * telling.
   *
   * @param answering the ids of the routes that have a route response
   * @param responses the integration responses by integration id
   */
  public record WebSocket(
      long revision,
      Api api,
      List<Authorizer> authorizers,
      List<Route> routes,
      Set<String> answering,
      List<Integration> integrations,
      Map<String, List<IntegrationResponse>> responses)
      implements Deployed {}

  /**
   * What differs at that revision from another one that the data plane already serves. A changed
   * route is both among the removed, as it was, and among the added, as it is.
   *
   * @param base the revision that is served
   * @param authorizers all of them, changed or not: an API has few
   */
  public record Difference(
      long base,
      long revision,
      Api api,
      List<Authorizer> authorizers,
      List<Route> removedRoutes,
      List<Route> addedRoutes,
      List<String> removedIntegrations,
      List<Integration> addedIntegrations)
      implements Deployed {}
}
