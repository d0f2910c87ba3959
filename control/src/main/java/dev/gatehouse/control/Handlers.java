package dev.gatehouse.control;

import java.util.Map;
import java.util.Optional;

/** Which code answers which operation. What stands in the table but not here is not built. */
final class Handlers {
  private final Map<String, Handler> byOperation;

  Handlers(Desk desk) {
    Pages pages = new Pages(desk.settings().pageSize());
    DeploymentRows rows = new DeploymentRows(desk);
    AutoDeploy autoDeploy = new AutoDeploy(desk, rows);
    Apis apis = new Apis(desk, pages, autoDeploy, new QuickCreate(desk, autoDeploy));
    Routes routes = new Routes(desk, pages, autoDeploy);
    Integrations integrations = new Integrations(desk, pages, autoDeploy);
    Deployments deployments = new Deployments(desk, pages, rows);
    Stages stages = new Stages(desk, pages, autoDeploy);
    byOperation =
        Map.ofEntries(
            Map.entry("CreateApi", apis::create),
            Map.entry("GetApi", apis::get),
            Map.entry("GetApis", apis::list),
            Map.entry("UpdateApi", apis::update),
            Map.entry("DeleteApi", apis::delete),
            Map.entry("DeleteCorsConfiguration", apis::deleteCors),
            Map.entry("CreateRoute", routes::create),
            Map.entry("GetRoute", routes::get),
            Map.entry("GetRoutes", routes::list),
            Map.entry("UpdateRoute", routes::update),
            Map.entry("DeleteRoute", routes::delete),
            Map.entry("DeleteRouteRequestParameter", routes::deleteRequestParameter),
            Map.entry("CreateIntegration", integrations::create),
            Map.entry("GetIntegration", integrations::get),
            Map.entry("GetIntegrations", integrations::list),
            Map.entry("UpdateIntegration", integrations::update),
            Map.entry("DeleteIntegration", integrations::delete),
            Map.entry("CreateDeployment", deployments::create),
            Map.entry("GetDeployment", deployments::get),
            Map.entry("GetDeployments", deployments::list),
            Map.entry("UpdateDeployment", deployments::update),
            Map.entry("DeleteDeployment", deployments::delete),
            Map.entry("CreateStage", stages::create),
            Map.entry("GetStage", stages::get),
            Map.entry("GetStages", stages::list),
            Map.entry("UpdateStage", stages::update),
            Map.entry("DeleteStage", stages::delete),
            Map.entry("DeleteRouteSettings", stages::deleteRouteSettings),
            Map.entry("DeleteAccessLogSettings", stages::deleteAccessLogSettings),
            Map.entry("ResetAuthorizersCache", stages::resetAuthorizersCache));
  }

  Optional<Handler> of(String operation) {
    return Optional.ofNullable(byOperation.get(operation));
  }
}
