package dev.gatehouse.control;

import dev.gatehouse.wire.ServiceException;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refusals in our words, because AWS's are not known [U]. Statuses and types follow the families of
 * control-plane.md section 2.
 */
final class OwnRefusals {
  private OwnRefusals() {}

  static ServiceException noOperation(String method, String path) {
    String shown = path.length() > 200 ? path.substring(0, 200) + "…" : path;
    return new ServiceException(
        404,
        "UnknownOperationException",
        "No operation of API Gateway v2 answers " + method + " " + shown);
  }

  static ServiceException operationNotBuilt(String operation) {
    return new ServiceException(
        501, "NotImplementedException", operation + " is not built yet in Gatehouse");
  }

  /** AWS has had usage plans in their place since 2016. */
  static ServiceException stageKeysNotBuilt() {
    return new ServiceException(
        501,
        "NotImplementedException",
        "CreateApiKey: stageKeys is not built in Gatehouse; add the key to a usage plan of the stage");
  }

  static ServiceException faulty() {
    return new ServiceException(500, "InternalServerException", "Internal server error");
  }

  static ServiceException storeUnavailable() {
    return new ServiceException(
        503,
        "ServiceUnavailableException",
        "The change could not be stored. Nothing of it has been kept.");
  }

  static ServiceException badPageSize(String word, int most) {
    return Refusals.badRequest(word + " must be a whole number from 1 to " + most);
  }

  static ServiceException badToken(String word) {
    return Refusals.badRequest("Invalid " + word + " specified");
  }

  static ServiceException required(String member) {
    return Refusals.badRequest(member + " must not be empty");
  }

  static ServiceException onlyFor(String protocol, String member) {
    return Refusals.badRequest(member + " is supported only for " + protocol + " APIs");
  }

  static ServiceException deploymentWithAutoDeploy() {
    return Refusals.badRequest("Deployment ID cannot be set on stages with AutoDeploy enabled");
  }

  static ServiceException deployToAutoDeployStage(String stageName) {
    return Refusals.badRequest(
        "Stage " + stageName + " has AutoDeploy enabled and cannot be deployed to");
  }

  static ServiceException managed(String what) {
    return Refusals.badRequest(
        what + " is managed by API Gateway and cannot be deleted or changed in this way");
  }

  static ServiceException invalid(String member, String rule) {
    return Refusals.badRequest("Invalid " + member + " specified: " + rule);
  }

  static ServiceException badRouteKey() {
    return Refusals.badRequest(
        "The route key must be '$default' or a method and a path, such as 'GET /pets/{id}'");
  }

  static ServiceException stageIsMapped(String stageName) {
    return Refusals.badRequest(
        "Stage " + stageName + " is used by an API mapping. Please remove the mapping first.");
  }

  static ServiceException nothingManaged(String apiId) {
    return Refusals.badRequest(
        "API "
            + apiId
            + " was not made by quick create: target, routeKey and credentialsArn cannot be"
            + " changed on it");
  }

  static ServiceException unknownParameter(String key) {
    return Refusals.notFound("Invalid request parameter specified " + key);
  }

  static ServiceException duplicateModel(String name) {
    return Refusals.conflict("Model with name " + name + " already exists for this API");
  }

  static ServiceException modelInUse(String name, String routeKey) {
    return Refusals.conflict(
        "Cannot delete model '" + name + "', is referenced in route: " + routeKey);
  }

  static ServiceException duplicatePriority(int priority) {
    return Refusals.conflict("A routing rule with priority " + priority + " already exists");
  }

  static ServiceException badArn(String arn) {
    return Refusals.badRequest("Invalid resource ARN specified " + arn);
  }

  static ServiceException unknownArn(String arn) {
    return Refusals.notFound("Invalid resource identifier specified " + arn);
  }

  /** WebSocket APIs take VPC links of v1 only [C]. */
  static ServiceException noPrivateWebSocket() {
    return Refusals.badRequest("VPC links of version 2 are supported only for HTTP APIs");
  }

  /** v1's words for a path that cannot be patched [L]. */
  static ServiceException invalidPatchPath(String path, Set<String> known) {
    return Refusals.badRequest(
        "Invalid patch path " + path + ". Must be one of: " + new TreeSet<>(known));
  }

  static ServiceException nameTaken() {
    return Refusals.conflict("Another resource of this kind has the same name or key");
  }

  static ServiceException idTaken(String id) {
    return Refusals.conflict("The identifier " + id + " is already in use");
  }
}
