package dev.gatehouse.server;

import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.HttpReply;
import java.util.Map;

/** Refusals of the server itself, in the form of AWS's JSON services. */
final class Errors {
  private Errors() {}

  static HttpReply reply(int status, String type, String message) {
    String body = Json.mapper().writeValueAsString(Map.of("message", message));
    return HttpReply.json(status, body).with("x-amzn-ErrorType", type);
  }
}
