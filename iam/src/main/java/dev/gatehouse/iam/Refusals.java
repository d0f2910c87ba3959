package dev.gatehouse.iam;

import dev.gatehouse.wire.ServiceException;

/** Every refusal of IAM and STS, with AWS's codes and texts. */
final class Refusals {
  private Refusals() {}

  static ServiceException none(String what, String name) {
    return new ServiceException(
        404, "NoSuchEntity", "The %s with name %s cannot be found.".formatted(what, name));
  }

  static ServiceException noKey(String id) {
    return new ServiceException(
        404, "NoSuchEntity", "The Access Key with id " + id + " cannot be found.");
  }

  static ServiceException noPolicy(String arn) {
    return new ServiceException(404, "NoSuchEntity", "Policy " + arn + " was not found.");
  }

  static ServiceException notAttachable(String arn) {
    return new ServiceException(
        404, "NoSuchEntity", "Policy " + arn + " does not exist or is not attachable.");
  }

  static ServiceException noVersion(String arn, String version) {
    return new ServiceException(
        404,
        "NoSuchEntity",
        "Policy %s version %s does not exist or is not attachable.".formatted(arn, version));
  }

  static ServiceException exists(String what, String name) {
    return new ServiceException(
        409, "EntityAlreadyExists", "%s with name %s already exists.".formatted(what, name));
  }

  static ServiceException policyExists(String name) {
    return new ServiceException(
        409,
        "EntityAlreadyExists",
        "A policy called " + name + " already exists. Duplicate names are not allowed.");
  }

  static ServiceException conflict(String message) {
    return new ServiceException(409, "DeleteConflict", message);
  }

  static ServiceException limit(String quota, int most) {
    return new ServiceException(
        409, "LimitExceeded", "Cannot exceed quota for %s: %d".formatted(quota, most));
  }

  static ServiceException invalid(String message) {
    return new ServiceException(400, "ValidationError", message);
  }

  static ServiceException malformed(String message) {
    return new ServiceException(400, "MalformedPolicyDocument", message);
  }

  static ServiceException denied(String message) {
    return new ServiceException(403, "AccessDenied", message);
  }

  static ServiceException notBuilt(String what) {
    return new ServiceException(501, "NotImplemented", what + " is not built yet in Gatehouse");
  }
}
