package dev.gatehouse.server;

import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import dev.gatehouse.wire.http.HttpService;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What is under {@code /_gatehouse/}: {@code health} answers 200 once everything is served, 503
 * before.
 *
 * @param ready whether everything that is stored is served
 */
record Admin(BooleanSupplier ready, String version) implements HttpService {

  @Override
  public HttpReply handle(HttpCall call) {
    if (!call.rawPath().equals("/_gatehouse/health")) {
      return Errors.reply(
          404, "NotFoundException", "There is no " + call.method() + " " + call.rawPath() + ".");
    }
    if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
      return Errors.reply(405, "MethodNotAllowedException", "Health is read with GET.");
    }
    boolean isReady = ready.getAsBoolean();
    Map<String, Object> health = new LinkedHashMap<>();
    health.put("status", isReady ? "ready" : "starting");
    health.put("version", version);
    return HttpReply.json(isReady ? 200 : 503, Json.mapper().writeValueAsString(health));
  }
}
