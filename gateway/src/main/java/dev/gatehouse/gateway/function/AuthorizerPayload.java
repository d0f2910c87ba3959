package dev.gatehouse.gateway.function;

import dev.gatehouse.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** What authorizers' functions answer. */
public final class AuthorizerPayload {
  private AuthorizerPayload() {}

  /** The object that it is; null where it is none of at most so many bytes. */
  public static @Nullable ObjectNode object(byte[] payload, int longest) {
    if (payload.length > longest) {
      return null;
    }
    try {
      return Json.mapper().readTree(payload) instanceof ObjectNode object ? object : null;
    } catch (JacksonException notJson) {
      return null;
    }
  }

  /** Whether it is the one error that is an answer: the text {@code Unauthorized} [C]. */
  public static boolean isUnauthorized(byte[] error, int longest) {
    ObjectNode read = object(error, longest);
    return read != null && read.path("errorMessage").asString("").equals("Unauthorized");
  }
}
