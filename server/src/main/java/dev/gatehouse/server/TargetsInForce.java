package dev.gatehouse.server;

import dev.gatehouse.gateway.balance.TargetStatus;
import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.CallerService;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@code GET /_gatehouse/targets}: every target with its upstreams, which of them are well, and how
 * many requests each has now.
 */
record TargetsInForce(Supplier<List<TargetStatus>> targets) implements CallerService {
  static final String PATH = "/_gatehouse/targets";

  @Override
  public HttpReply handle(Caller caller, HttpCall call) {
    if (!call.method().equals("GET")) {
      return Errors.reply(405, "MethodNotAllowedException", "Targets are read with GET.");
    }
    Map<String, Object> answer = Map.of("targets", targets.get());
    return HttpReply.json(200, Json.mapper().writeValueAsString(answer));
  }
}
