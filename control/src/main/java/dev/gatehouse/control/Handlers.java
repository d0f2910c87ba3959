package dev.gatehouse.control;

import dev.gatehouse.control.usage.UsageCounts;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Which code answers which operation. What stands in the table but not here is not built. */
final class Handlers {
  private final Map<String, Handler> byOperation = new HashMap<>();
  private final Desk desk;
  private final UsageCounts usage;
  private final Pages pages;
  private final AutoDeploy autoDeploy;
  private final DeploymentRows deploymentRows;

  Handlers(Desk desk, UsageCounts usage) {
    this.desk = desk;
    this.usage = usage;
    this.pages = new Pages(desk.settings().pageSize());
    this.deploymentRows = new DeploymentRows(desk);
    this.autoDeploy = new AutoDeploy(desk, deploymentRows);
    addApis();
    addRoutes();
    addChildren("Integration", Kind.INTEGRATION, new Integrations(desk));
    addAuthorizers();
    addDeployments();
    addStages();
    addChildren("RouteResponse", Kind.ROUTE_RESPONSE, new RouteResponses());
    addChildren("IntegrationResponse", Kind.INTEGRATION_RESPONSE, new IntegrationResponses());
    addModels();
    addDomainNames();
    addRoutingRules();
    addVpcLinks();
    addTags();
    addKeys();
    Accounts accounts = new Accounts(desk);
    add("GetAccount", accounts::get);
    add("UpdateAccount", accounts::update);
  }

  Optional<Handler> of(String operation) {
    return Optional.ofNullable(byOperation.get(operation));
  }

  private void add(String operation, Handler handler) {
    byOperation.put(operation, handler);
  }

  /** Create, get, list, update and delete of one kind below an API. */
  private ApiChildren addChildren(String name, Kind kind, Rules rules) {
    ApiChildren children = new ApiChildren(desk, autoDeploy, kind, rules);
    add("Create" + name, children::create);
    addReading(name, Reading.belowApi(desk, pages, kind, rules::parent));
    add("Update" + name, children::update);
    add("Delete" + name, children::delete);
    return children;
  }

  private void addReading(String name, Reading reading) {
    add("Get" + name, reading::get);
    add("Get" + name + "s", reading::list);
  }

  private void addApis() {
    Apis apis = new Apis(desk, pages, autoDeploy, new QuickCreate(desk, autoDeploy));
    add("CreateApi", apis::create);
    add("GetApi", apis::get);
    add("GetApis", apis::list);
    add("UpdateApi", apis::update);
    add("DeleteApi", apis::delete);
    add("DeleteCorsConfiguration", apis::deleteCors);
  }

  private void addRoutes() {
    Routes rules = new Routes(desk, autoDeploy);
    addChildren("Route", Kind.ROUTE, rules);
    add("DeleteRouteRequestParameter", rules::deleteRequestParameter);
  }

  private void addAuthorizers() {
    Authorizers rules = new Authorizers(desk);
    ApiChildren authorizers = addChildren("Authorizer", Kind.AUTHORIZER, rules);
    add("CreateAuthorizer", rules.withDiscovery(authorizers::create));
    add("UpdateAuthorizer", rules.withDiscovery(authorizers::update));
  }

  private void addDeployments() {
    Deployments deployments = new Deployments(desk, deploymentRows);
    Reading reading = Reading.belowApi(desk, pages, Kind.DEPLOYMENT);
    add("CreateDeployment", showing(deployments::create));
    add("GetDeployment", showing(reading::get));
    add("GetDeployments", showing(reading::list));
    add("UpdateDeployment", showing(deployments::update));
    add("DeleteDeployment", deployments::delete);
  }

  private void addStages() {
    Stages stages = new Stages(desk, autoDeploy);
    Reading reading = Reading.belowApi(desk, pages, Kind.STAGE);
    add("CreateStage", showing(stages::create));
    add("GetStage", showing(reading::get));
    add("GetStages", showing(reading::list));
    add("UpdateStage", showing(stages::update));
    add("DeleteStage", stages::delete);
    add("DeleteRouteSettings", stages::deleteRouteSettings);
    add("DeleteAccessLogSettings", stages::deleteAccessLogSettings);
    add("ResetAuthorizersCache", stages::resetAuthorizersCache);
  }

  /** Whoever is shown a deployment finds it as it was: later changes get another. */
  private Handler showing(Handler handler) {
    return call -> {
      ObjectNode answer = handler.handle(call);
      desk.unseen().shown(call.apiId());
      return answer;
    };
  }

  private void addModels() {
    Models rules = new Models(desk);
    addChildren("Model", Kind.MODEL, rules);
    add("GetModelTemplate", rules::template);
  }

  private void addDomainNames() {
    DomainNames domains = new DomainNames(desk, pages);
    add("CreateDomainName", domains::create);
    add("GetDomainName", domains::get);
    add("GetDomainNames", domains::list);
    add("UpdateDomainName", domains::update);
    add("DeleteDomainName", domains::delete);
    ApiMappings mappings = new ApiMappings(desk);
    add("CreateApiMapping", mappings::create);
    addReading("ApiMapping", Reading.belowDomain(desk, pages, Kind.API_MAPPING, "items"));
    add("UpdateApiMapping", mappings::update);
    add("DeleteApiMapping", mappings::delete);
  }

  private void addRoutingRules() {
    RoutingRules rules = new RoutingRules(desk);
    Reading reading = Reading.belowDomain(desk, pages, Kind.ROUTING_RULE, "routingRules");
    add("CreateRoutingRule", rules::create);
    add("GetRoutingRule", reading::get);
    add("ListRoutingRules", reading::list);
    add("PutRoutingRule", rules::put);
    add("DeleteRoutingRule", rules::delete);
  }

  private void addVpcLinks() {
    VpcLinks links = new VpcLinks(desk, pages);
    add("CreateVpcLink", links::create);
    add("GetVpcLink", links::get);
    add("GetVpcLinks", links::list);
    add("UpdateVpcLink", links::update);
    add("DeleteVpcLink", links::delete);
    VpcLinksV1 ofV1 = new VpcLinksV1(desk, pages);
    add("CreateVpcLinkV1", ofV1::create);
    add("GetVpcLinkV1", ofV1::get);
    add("GetVpcLinksV1", ofV1::list);
    add("UpdateVpcLinkV1", ofV1::update);
    add("DeleteVpcLinkV1", ofV1::delete);
  }

  private void addKeys() {
    ApiKeys keys = new ApiKeys(desk);
    add("CreateApiKey", keys::create);
    add("GetApiKey", keys::get);
    add("GetApiKeys", keys::list);
    add("UpdateApiKey", keys::update);
    add("DeleteApiKey", keys::delete);
    UsagePlans plans = new UsagePlans(desk);
    add("CreateUsagePlan", plans::create);
    add("GetUsagePlan", plans::get);
    add("GetUsagePlans", plans::list);
    add("UpdateUsagePlan", plans::update);
    add("DeleteUsagePlan", plans::delete);
    UsagePlanKeys members = new UsagePlanKeys(desk);
    add("CreateUsagePlanKey", members::create);
    add("GetUsagePlanKey", members::get);
    add("GetUsagePlanKeys", members::list);
    add("DeleteUsagePlanKey", members::delete);
    Usages usages = new Usages(desk, usage);
    add("GetUsage", usages::get);
    add("UpdateUsage", usages::update);
  }

  private void addTags() {
    Tags tags = new Tags(desk);
    add("GetTags", tags::get);
    add("TagResource", tags::tag);
    add("UntagResource", tags::untag);
    add("GetTagsV1", tags::get);
    add("TagResourceV1", tags::tag);
    add("UntagResourceV1", tags::untag);
  }
}
