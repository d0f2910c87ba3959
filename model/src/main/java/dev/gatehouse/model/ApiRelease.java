package dev.gatehouse.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the data plane is told of one API: its owner and each of its stages with the deployment that
 * the stage points to.
 *
 * @param current the API as it is now
 */
public record ApiRelease(Scope scope, Api current, List<StageRelease> stages) {

  /**
   * One stage.
   *
   * @param deployed null for a stage that points to no deployment
   */
  public record StageRelease(Stage stage, @Nullable Deployed deployed) {}

  /** The API as it was when the deployment was made. */
  public record Deployed(
      String deploymentId,
      Api api,
      List<Route> routes,
      List<Integration> integrations,
      List<Authorizer> authorizers) {}
}
