package dev.gatehouse.gateway;

import dev.gatehouse.gateway.function.AuthorizerPayload;
import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.gateway.spi.FunctionInvoker.Result;
import dev.gatehouse.gateway.spi.PolicyReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what an authorizer's function returned (http-api.md 9.5). Off the event loops; what it
 * returns is kept and read by many.
 */
final class AuthorizerAnswerReader {
  /** Ours: AWS publishes no limit for HTTP APIs. */
  private static final int LONGEST = 64 * 1024;

  private static final String NOT_PERMITTED =
      "The IAM role configured on the authorizer or API Gateway doesn't have permissions to call"
          + " the authorizer. Check the permissions and try again.";

  private AuthorizerAnswerReader() {}

  static AuthorizerAnswer read(LambdaAuthorizer authorizer, Result result, PolicyReader policies) {
    return switch (result) {
      case FunctionInvoker.Returned(byte[] payload, _) -> read(authorizer, payload, policies);
      case FunctionInvoker.Failed(byte[] payload, _) -> thrown(authorizer, payload);
      case FunctionInvoker.Denied denied -> failed(NOT_PERMITTED);
      case FunctionInvoker.Missing missing -> failed("the authorizer's function does not exist");
      case FunctionInvoker.Throttled throttled ->
          failed("the authorizer's function is at its concurrency");
      case FunctionInvoker.TooLarge large -> failed("the authorizer's event is over the limit");
    };
  }

  private static AuthorizerAnswer failed(String reason) {
    return new AuthorizerAnswer.Failed(Fault.AUTHORIZER, reason);
  }

  /** Format 1.0 knows one error that is an answer: the text {@code Unauthorized} [U]. */
  private static AuthorizerAnswer thrown(LambdaAuthorizer authorizer, byte[] payload) {
    return !authorizer.version2() && AuthorizerPayload.isUnauthorized(payload, LONGEST)
        ? new AuthorizerAnswer.Failed(Fault.UNAUTHORIZED, "the authorizer threw Unauthorized")
        : failed("the authorizer's function returned an error");
  }

  private static AuthorizerAnswer read(
      LambdaAuthorizer authorizer, byte[] payload, PolicyReader policies) {
    ObjectNode answer = AuthorizerPayload.object(payload, LONGEST);
    if (answer == null) {
      return failed("the authorizer's answer is no JSON object of at most " + LONGEST + " bytes");
    }
    JsonNode context = answer.path("context");
    if (!context.isMissingNode() && !context.isNull() && !context.isObject()) {
      return failed("the authorizer's answer has a context that is no object");
    }
    if (!authorizer.version2() && context.has("claims")) {
      return failed("the authorizer's context has claims, which is a reserved name in format 1.0");
    }
    ObjectNode told = context instanceof ObjectNode object ? object : null;
    return authorizer.simple()
        ? simple(answer, told, payload.length)
        : policy(answer, told, policies, payload.length);
  }

  private static AuthorizerAnswer simple(
      ObjectNode answer, @Nullable ObjectNode context, int bytes) {
    JsonNode authorized = answer.path("isAuthorized");
    return authorized.isBoolean()
        ? new AuthorizerAnswer.Simple(
            authorized.booleanValue(), new LambdaContext(null, context), bytes)
        : failed("the authorizer's answer has no isAuthorized");
  }

  private static AuthorizerAnswer policy(
      ObjectNode answer, @Nullable ObjectNode context, PolicyReader policies, int bytes) {
    JsonNode principal = answer.path("principalId");
    JsonNode document = answer.path("policyDocument");
    if (!principal.isString() || !document.isObject()) {
      return failed("the authorizer's answer has no principalId or no policyDocument");
    }
    try {
      LambdaContext told = new LambdaContext(principal.stringValue(), context);
      return new AuthorizerAnswer.Policy(policies.read(document.toString()), told, bytes);
    } catch (IllegalArgumentException noPolicy) {
      return failed("the authorizer's policyDocument is none: " + noPolicy.getMessage());
    }
  }
}
