package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.function.AuthorizerPayload;
import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.gateway.spi.FunctionInvoker.Result;
import dev.gatehouse.gateway.spi.PolicyReader;
import dev.gatehouse.gateway.websocket.ConnectGate.Admitted;
import dev.gatehouse.gateway.websocket.ConnectGate.Decision;
import dev.gatehouse.gateway.websocket.ConnectGate.Refused;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what an authorizer's function answered (websocket-api.md 9.2). Off the event loops.
 *
 * @param methodArn what the client asks for
 */
record DecisionReader(
    PolicyReader policies, String methodArn, String sourceIp, long latencyMillis) {
  /** AWS's quota of an authorizer's result [C]. */
  private static final int LONGEST = 8 * 1024;

  private static final String INVOKE = "execute-api:Invoke";

  Decision read(Result result) {
    return switch (result) {
      case FunctionInvoker.Returned(byte[] payload, _) -> returned(payload);
      case FunctionInvoker.Failed(byte[] payload, _) -> threw(payload);
      case FunctionInvoker.Denied denied ->
          failed("the authorizer's function does not let API Gateway invoke it");
      case FunctionInvoker.Missing missing -> failed("the authorizer's function does not exist");
      case FunctionInvoker.Throttled throttled ->
          failed("the authorizer's function is at its concurrency");
      case FunctionInvoker.TooLarge large -> failed("the authorizer's event is over the limit");
    };
  }

  private static Decision failed(String reason) {
    return new Refused(SocketFault.AUTHORIZER, reason);
  }

  /** One error is an answer [C]. */
  private static Decision threw(byte[] payload) {
    return AuthorizerPayload.isUnauthorized(payload, LONGEST)
        ? new Refused(SocketFault.UNAUTHORIZED, "the authorizer threw Unauthorized")
        : failed("the authorizer's function returned an error");
  }

  private Decision returned(byte[] payload) {
    ObjectNode answer = AuthorizerPayload.object(payload, LONGEST);
    if (answer == null) {
      return failed("the authorizer's answer is no JSON object of at most " + LONGEST + " bytes");
    }
    JsonNode principal = answer.path("principalId");
    JsonNode document = answer.path("policyDocument");
    Map<String, String> context = context(answer.path("context"));
    if (!principal.isString() || !document.isObject() || context == null) {
      return failed("the authorizer's answer lacks a principalId, a policy or a flat context");
    }
    try {
      boolean allowed =
          policies
              .read(document.toString())
              .allows(INVOKE, methodArn, Map.of("aws:SourceIp", sourceIp));
      return allowed
          ? new Admitted(
              new Authorized(principal.stringValue(), context, latencyMillis),
              answer.path("usageIdentifierKey").stringValue(null))
          : new Refused(SocketFault.FORBIDDEN, "the authorizer's policy does not allow");
    } catch (IllegalArgumentException noPolicy) {
      return failed("the authorizer's policyDocument is none: " + noPolicy.getMessage());
    }
  }

  /** The context as text; null where a value is more than text, a number or a truth value [L]. */
  private static @Nullable Map<String, String> context(JsonNode context) {
    Map<String, String> values = new LinkedHashMap<>();
    if (context.isMissingNode() || context.isNull()) {
      return values;
    }
    if (!context.isObject()) {
      return null;
    }
    for (Map.Entry<String, JsonNode> member : context.properties()) {
      if (member.getValue().isContainer()) {
        return null;
      }
      if (!member.getValue().isNull()) {
        values.put(member.getKey(), member.getValue().asString());
      }
    }
    return values;
  }
}
