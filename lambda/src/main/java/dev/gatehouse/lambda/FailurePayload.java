package dev.gatehouse.lambda;

import dev.gatehouse.wire.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/** The JSON that stands in for a handler's answer when Lambda itself ended the invocation. */
final class FailurePayload {
  private FailurePayload() {}

  static byte[] of(String type, String message) {
    return bytes(
        Json.mapper().createObjectNode().put("errorType", type).put("errorMessage", message));
  }

  private static byte[] bytes(ObjectNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
