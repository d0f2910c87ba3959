package dev.gatehouse.lambda;

import dev.gatehouse.identity.Caller;
import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.ServiceException;
import dev.gatehouse.wire.http.HttpReply;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Lambda's refusals and how they look on the wire (control-plane.md 15 [C]). */
final class Errors {
  /** The shapes whose text is in {@code Message}; in the others it is {@code message}. */
  private static final Set<String> CAPITAL =
      Set.of("ResourceNotFoundException", "ServiceException", "InvalidZipFileException");

  private Errors() {}

  static HttpReply render(ServiceException refusal) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("Type", refusal.status() < 500 ? "User" : "Service");
    body.put(CAPITAL.contains(refusal.type()) ? "Message" : "message", refusal.message());
    return HttpReply.json(refusal.status(), body.toString())
        .with("x-amzn-ErrorType", refusal.type());
  }

  static ServiceException invalid(String message) {
    return new ServiceException(400, "InvalidParameterValueException", message);
  }

  /** {@code 1 validation error detected: Value '…' at '…' failed to satisfy constraint: …}. */
  static ServiceException constraint(String value, String member, String constraint) {
    return new ServiceException(
        400,
        "ValidationException",
        "1 validation error detected: Value "
            + value
            + " at '"
            + member
            + "' failed to satisfy constraint: "
            + constraint);
  }

  static ServiceException notShared(Caller caller, String action, String resource) {
    return new ServiceException(
        403,
        "AccessDeniedException",
        "User: %s is not authorized to perform: %s on resource: %s because no resource-based policy allows the %s action"
            .formatted(caller.principalArn(), action, resource, action));
  }

  static ServiceException notFound(String message) {
    return new ServiceException(404, "ResourceNotFoundException", message);
  }

  static ServiceException functionNotFound(FunctionKey key, String qualifier) {
    return notFound(
        "Function not found: " + key.arn() + (qualifier.isEmpty() ? "" : ":" + qualifier));
  }

  static ServiceException conflict(String message) {
    return new ServiceException(409, "ResourceConflictException", message);
  }

  static ServiceException stale() {
    return new ServiceException(
        412,
        "PreconditionFailedException",
        "The Revision Id provided does not match the latest Revision Id. Call the"
            + " GetFunction/GetAlias API to retrieve the latest Revision Id");
  }

  static ServiceException tooLarge(long bytes, String invocationType, long limit) {
    return new ServiceException(
        413,
        "RequestTooLargeException",
        String.format(
            Locale.ROOT,
            "%d byte payload is too large for the %s invocation type (limit %d bytes)",
            bytes,
            invocationType,
            limit));
  }

  /**
   * As many invocations run as may.
   *
   * @param reserved whether it is the function's own reserve that is used up
   */
  static HttpReply throttled(boolean reserved) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("Type", "User").put("message", "Rate Exceeded.");
    body.put(
        "Reason",
        reserved
            ? "ReservedFunctionConcurrentInvocationLimitExceeded"
            : "ConcurrentInvocationLimitExceeded");
    return HttpReply.json(429, body.toString())
        .with("x-amzn-ErrorType", "TooManyRequestsException");
  }

  static ServiceException notBuilt(String what) {
    return new ServiceException(
        501, "NotImplementedException", what + " is not built in this version of Gatehouse.");
  }
}
