package dev.gatehouse.server;

import dev.gatehouse.identity.AccessCheck;
import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.CallerService;
import dev.gatehouse.model.Scope;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Lets calls of CloudWatch Logs go on for callers who may make them: {@code logs:GetLogEvents} on
 * {@code arn:aws:logs:{region}:{account}:log-group:{name}:*}.
 */
record CheckedLogs(AccessCheck access, CallerService logs) implements CallerService {

  @Override
  public HttpReply handle(Caller caller, HttpCall call) throws IOException {
    if (access instanceof AccessCheck.Open) {
      return logs.handle(caller, call);
    }
    HeldCall held = HeldCall.of(call);
    String target = call.headers().first("X-Amz-Target").orElse("");
    String action = target.substring(target.lastIndexOf('.') + 1);
    access.require(caller, "logs:" + action, resource(caller.scope(), held.bytes()));
    return logs.handle(caller, held.call());
  }

  private static String resource(Scope scope, byte[] body) {
    String group = "*";
    try {
      JsonNode input = Json.mapper().readTree(body);
      for (String member : new String[] {"logGroupName", "logGroupIdentifier", "resourceArn"}) {
        String text = input.path(member).asString("");
        if (text.startsWith("arn:")) {
          return text;
        }
        group = text.isEmpty() ? group : text;
      }
    } catch (JacksonException none) {
      // the service says what is wrong with it
    }
    return "arn:aws:logs:%s:%s:log-group:%s:*".formatted(scope.region(), scope.account(), group);
  }
}
