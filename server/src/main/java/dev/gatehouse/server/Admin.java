package dev.gatehouse.server;

import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import dev.gatehouse.wire.http.HttpService;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is under {@code /_gatehouse/}: {@code health} answers 200 once everything that is stored is
 * served; before that nothing is here, and {@link LateService} answers 503.
 */
record Admin(String version) implements HttpService {

  @Override
  public HttpReply handle(HttpCall call) {
    if (!call.rawPath().equals("/_gatehouse/health")) {
      return Errors.reply(
          404, "NotFoundException", "There is no " + call.method() + " " + call.rawPath() + ".");
    }
    if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
      return Errors.reply(405, "MethodNotAllowedException", "Health is read with GET.");
    }
    Map<String, Object> health = new LinkedHashMap<>();
    health.put("status", "ready");
    health.put("version", version);
    return HttpReply.json(200, Json.mapper().writeValueAsString(health));
  }
}
