package dev.gatehouse.control;

import dev.gatehouse.model.Scope;
import dev.gatehouse.wire.ServiceException;
import java.util.List;
import java.util.Set;

/**
 * Refusals with AWS's own words (control-plane.md 2.1; [C] unless marked). What AWS says where its
 * words are not known is in {@link OwnRefusals}.
 */
final class Refusals {
  private static final Set<Kind> OF_ACCOUNT =
      Set.of(Kind.VPC_LINK, Kind.VPC_LINK_V1, Kind.DOMAIN_NAME, Kind.API_KEY, Kind.USAGE_PLAN);

  private Refusals() {}

  static ServiceException badRequest(String message) {
    return new ServiceException(400, "BadRequestException", message);
  }

  static ServiceException notFound(String message) {
    return new ServiceException(404, "NotFoundException", message);
  }

  static ServiceException conflict(String message) {
    return new ServiceException(409, "ConflictException", message);
  }

  static ServiceException unknownApi(Scope scope, String apiId) {
    return notFound("Invalid API identifier specified " + scope.account() + ":" + apiId);
  }

  /** The v1 family's words with the id added: v2's are not known [U]. */
  static ServiceException unknown(Kind kind, String id) {
    return notFound("Invalid " + kind.label() + " identifier specified " + id);
  }

  /** Seen for authorizers with status 429 and this type; the same for the others [L]. */
  static ServiceException quota(Kind kind) {
    String label = kind.label();
    String name = Character.toUpperCase(label.charAt(0)) + label.substring(1) + "s";
    boolean ofApi = !OF_ACCOUNT.contains(kind);
    return new ServiceException(
        429,
        "ConflictException",
        "Maximum number of "
            + name
            + (ofApi ? " for this API" : "")
            + " has been reached. Please contact AWS if you need additional "
            + name
            + ".");
  }

  static ServiceException duplicateRoute(String routeKey) {
    return conflict("Route with key " + routeKey + " already exists for this API");
  }

  /** v1's words [L]. */
  static ServiceException duplicateStage() {
    return conflict("Stage already exists");
  }

  static ServiceException integrationInUse(List<String> routeIds) {
    return conflict(
        "Cannot delete Integration because it is referenced by the following Routes with Ids: "
            + routeIds);
  }

  static ServiceException apiIsMapped(String apiId) {
    return badRequest(
        "Deleting API "
            + apiId
            + " failed. Please remove all API mappings for the API from your custom domain"
            + " names.");
  }

  /** The status is [L]. */
  static ServiceException duplicateAuthorizer(String name) {
    return badRequest(
        "Authorizer name must be unique. Authorizer " + name + " already exists in this RestApi.");
  }

  static ServiceException authorizerInUse(String name, String routeKey) {
    return conflict("Cannot delete authorizer '" + name + "', is referenced in route: " + routeKey);
  }

  /** v1's words [L]. */
  static ServiceException deploymentInUse() {
    return badRequest("Active stages pointing to this deployment must be moved or deleted");
  }

  static ServiceException authorizationOnlyOnConnect() {
    return badRequest("Currently, authorization is restricted to the $connect route only");
  }

  static ServiceException noCustomAuthorizer() {
    return badRequest(
        "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or"
            + " COGNITO_USER_POOLS requires a valid authorizer.");
  }

  static ServiceException noJwtAuthorizer() {
    return badRequest(
        "Invalid authorizer ID specified. Setting the authorization type to JWT requires a valid"
            + " JWT authorizer.");
  }

  static ServiceException onlyProxyIntegrations() {
    return badRequest(
        "Currently, an API with a protocol type of HTTP may only be associated with proxy"
            + " integrations (AWS_PROXY, HTTP_PROXY)");
  }

  /** [L]. */
  static ServiceException noPayloadFormatVersion() {
    return badRequest("PayloadFormatVersion is a required parameter for integration");
  }

  static ServiceException noAuthorizerPayloadFormatVersion() {
    return badRequest(
        "AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer");
  }

  static ServiceException invalidIssuer(String issuer) {
    String document = "/.well-known/openid-configuration";
    return badRequest(
        "Caught exception when connecting to "
            + issuer
            + document
            + " for issuer "
            + issuer
            + ". Please try again later. Error: Invalid issuer: "
            + issuer
            + ". Issuer must have a valid discovery endpoint ended with '"
            + document
            + "'");
  }

  static ServiceException invalidPathParts() {
    return badRequest("One or more path parts appear to be invalid");
  }

  static ServiceException settingsOfUnknownRoute(String routeKey) {
    return notFound(
        "Unable to find Route by key " + routeKey + " within the provided RouteSettings");
  }

  static ServiceException noExecutionLogsOnHttp() {
    return badRequest("Execution logs are not supported on protocolType HTTP");
  }

  static ServiceException noLoggingRole() {
    return badRequest("CloudWatch Logs role ARN must be set in account settings to enable logging");
  }

  static ServiceException credentialsForAnyOrigin() {
    return badRequest("allow-credentials is not supported if 'allow-origin' is *");
  }

  static ServiceException duplicateApiMapping() {
    return conflict("ApiMapping key already exists for this domain name");
  }

  /** [L]. */
  static ServiceException noSuchStageToMap() {
    return badRequest("Invalid stage identifier specified");
  }

  /** The words are [L], the status is [U]. */
  static ServiceException duplicateDomainName() {
    return conflict("The domain name you provided already exists.");
  }

  static ServiceException unknownVpcLinkOfV1() {
    return notFound("Invalid Vpc Link identifier specified");
  }

  /** v1's words, as are the next three [L]. */
  static ServiceException unknownApiKey() {
    return notFound("Invalid API Key identifier specified");
  }

  static ServiceException unknownUsagePlan() {
    return notFound("Invalid Usage Plan ID specified");
  }

  static ServiceException badPlanStage() {
    return badRequest("Invalid API Stage specified");
  }

  static ServiceException unknownPlanStage(String apiId, String stage, String planId) {
    return notFound(
        "Invalid API Stage {api: "
            + apiId
            + ", stage: "
            + stage
            + "} specified for usageplan "
            + planId);
  }

  static ServiceException vpcLinkInUse(String id, String routeId) {
    return badRequest(
        "Cannot delete vpc link. Vpc link '"
            + id
            + "', is referenced in [ANY:"
            + routeId
            + "] in format of [Method:Resource].");
  }
}
