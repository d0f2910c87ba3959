package dev.gatehouse.control;

import dev.gatehouse.wire.ServiceException;

/** Refusals of what goes beyond AWS: each says what to do instead. */
final class RolloutRefusals {
  private RolloutRefusals() {}

  static ServiceException noSuchCall(String method, String path) {
    String shown = path.length() > 200 ? path.substring(0, 200) + "…" : path;
    return new ServiceException(
        404, "UnknownOperationException", "Nothing answers " + method + " " + shown);
  }

  static ServiceException wrongMethod(String method) {
    return new ServiceException(
        405, "MethodNotAllowedException", "This is called with " + method + ".");
  }

  static ServiceException tooLong(int most) {
    return new ServiceException(
        413, "RequestEntityTooLargeException", "The request body is over " + most + " bytes");
  }

  static ServiceException notAnObject() {
    return Refusals.badRequest("The request body must be a JSON object");
  }

  static ServiceException unknownMember(String known) {
    return Refusals.badRequest("The request body may only have the members " + known);
  }

  static ServiceException wrongType(String member, String type) {
    return Refusals.badRequest(member + " must be given as a " + type);
  }

  static ServiceException deploysAutomatically(String stageName) {
    return Refusals.conflict(
        "Stage "
            + stageName
            + " has AutoDeploy enabled, so the next change of the API would undo this. Give"
            + " stopAutoDeploy true to turn AutoDeploy off with it.");
  }

  static ServiceException nothingDeployed(String stageName) {
    return Refusals.badRequest("Stage " + stageName + " has no deployment to promote");
  }

  static ServiceException toItself() {
    return Refusals.badRequest("A stage cannot be promoted to itself");
  }

  static ServiceException extensionOff(String member, String key) {
    return Refusals.badRequest(
        member + " goes beyond AWS and is off: the operator switches it on with " + key);
  }

  static ServiceException wrongExtension(String member, String reason) {
    return Refusals.badRequest(member + " cannot be set: " + reason);
  }
}
