package dev.gatehouse.lambda.process;

import dev.gatehouse.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What a runtime says in the trailers of a response that failed half way [C]. */
final class StreamFault {
  private StreamFault() {}

  /** Empty where the response is complete. */
  static Optional<Ending> of(RuntimeRequest request) {
    String type = request.trailers().get("lambda-runtime-function-error-type");
    String body = request.trailers().getOrDefault("lambda-runtime-function-error-body", "");
    return type == null ? Optional.empty() : Optional.of(new Ending.Reported(payload(type, body)));
  }

  private static byte[] payload(String type, String body) {
    try {
      byte[] told = Base64.getDecoder().decode(body);
      if (told.length > 0) {
        return told;
      }
    } catch (IllegalArgumentException e) {
      // Then its type is all there is to tell.
    }
    return Json.mapper()
        .createObjectNode()
        .put("errorType", type)
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }
}
