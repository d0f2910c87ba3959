package dev.gatehouse.control;

import dev.gatehouse.model.Scope;
import dev.gatehouse.store.Shelf;

/**
 * The kinds of resources that are stored (control-plane.md 1.1 [C for examples, L as rule]).
 *
 * <p>An API and what has no API stand below the empty parent, what belongs to an API below its id,
 * responses below {@code apiId/routeId} or {@code apiId/integrationId}, and what belongs to a
 * domain below {@code domain:name}.
 */
enum Kind {
  API("api", "API", "apiId", 10),
  ROUTE("route", "Route", "routeId", 7),
  ROUTE_RESPONSE("route-response", "RouteResponse", "routeResponseId", 6),
  INTEGRATION("integration", "Integration", "integrationId", 7),
  INTEGRATION_RESPONSE("integration-response", "IntegrationResponse", "integrationResponseId", 6),
  AUTHORIZER("authorizer", "Authorizer", "authorizerId", 6),
  MODEL("model", "Model", "modelId", 6),
  DEPLOYMENT("deployment", "deployment", "deploymentId", 6),
  STAGE("stage", "stage", "stageName", 0),
  DOMAIN_NAME("domain-name", "domain name", "domainName", 0),
  API_MAPPING("api-mapping", "ApiMapping", "apiMappingId", 6),
  ROUTING_RULE("routing-rule", "RoutingRule", "routingRuleId", 6),
  VPC_LINK("vpc-link", "VpcLink", "vpcLinkId", 6),
  VPC_LINK_V1("vpc-link-v1", "Vpc Link", "id", 6),
  API_KEY("api-key", "API Key", "id", 10),
  USAGE_PLAN("usage-plan", "Usage Plan", "id", 6),
  USAGE_PLAN_KEY("usage-plan-key", "Usage Plan Key", "id", 0),
  ACCOUNT("account", "account", "accountId", 0);

  private final String word;
  private final String label;
  private final String idMember;
  private final int idLength;

  Kind(String word, String label, String idMember, int idLength) {
    this.word = word;
    this.label = label;
    this.idMember = idMember;
    this.idLength = idLength;
  }

  /** The kind's name in the store. */
  String word() {
    return word;
  }

  /** The kind's name in error texts. */
  String label() {
    return label;
  }

  /** The member that holds the id. */
  String idMember() {
    return idMember;
  }

  /** Characters of a generated id; 0 where the caller names the resource. */
  int idLength() {
    return idLength;
  }

  Drawer below(Scope scope, String parent) {
    return new Drawer(this, new Shelf(scope, word, parent));
  }
}
