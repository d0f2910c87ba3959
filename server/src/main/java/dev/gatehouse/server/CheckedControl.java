package dev.gatehouse.server;

import dev.gatehouse.identity.AccessCheck;
import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.CallerService;
import dev.gatehouse.identity.Context;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.ServiceException;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Lets calls of API Gateway's control API go on for callers who may make them: its actions are HTTP
 * methods, its resources are paths ({@code apigateway:POST} on {@code
 * arn:aws:apigateway:{region}::/apis} [C]). Who gives an API a role must be allowed to pass it on
 * [C].
 */
record CheckedControl(AccessCheck access, CallerService control) implements CallerService {
  private static final List<String> ROLES = List.of("credentialsArn", "authorizerCredentialsArn");

  /** The role of "whoever calls", which is nobody's to pass on. */
  private static final String CALLERS = "arn:aws:iam::*:user/*";

  @Override
  public HttpReply handle(Caller caller, HttpCall call) throws IOException {
    String path = decoded(call.rawPath()).replaceFirst("^/v2/", "/");
    access.require(
        caller,
        "apigateway:" + call.method(),
        "arn:aws:apigateway:" + caller.scope().region() + "::" + path);
    if (access instanceof AccessCheck.Open || !call.method().matches("POST|PATCH|PUT")) {
      return control.handle(caller, call);
    }
    HeldCall held = HeldCall.of(call);
    requirePassing(caller, held.bytes());
    return control.handle(caller, held.call());
  }

  private void requirePassing(Caller caller, byte[] body) {
    try {
      JsonNode tree = Json.mapper().readTree(body);
      for (String member : ROLES) {
        String role = tree.path(member).asString("");
        if (!role.isEmpty() && !role.equals(CALLERS)) {
          access.require(
              caller,
              "iam:PassRole",
              role,
              Context.of(Map.of("iam:PassedToService", "apigateway.amazonaws.com")));
        }
      }
    } catch (JacksonException none) {
      // the control API says what is wrong with it
    }
  }

  private static String decoded(String rawPath) {
    try {
      return URLDecoder.decode(rawPath.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new ServiceException(
          400, "BadRequestException", "The request URI has a malformed percent encoding");
    }
  }
}
