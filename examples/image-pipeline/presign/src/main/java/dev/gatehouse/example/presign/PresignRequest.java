package dev.gatehouse.example.presign;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** What a client asks for, or why it can't have it. */
sealed interface PresignRequest {

  /** S3's limit for a key, in bytes of UTF-8. */
  int MAX_KEY_BYTES = 1024;

  record Upload(String key) implements PresignRequest {}

  record Download(String key) implements PresignRequest {}

  /**
   * A request that is answered with 400.
   *
   * @param reason for the client to read
   */
  record Refused(String reason) implements PresignRequest {}

  /** Reads an event of payload format 2.0. What the body says goes before what the query says. */
  static PresignRequest read(Map<String, Object> event) {
    Map<String, Object> asked = new HashMap<>();
    if (event.get("queryStringParameters") instanceof Map<?, ?> query) {
      query.forEach((name, value) -> asked.put(String.valueOf(name), value));
    }
    if (event.get("body") instanceof String body && !body.isBlank()) {
      try {
        asked.putAll(FlatJson.read(text(body, event.get("isBase64Encoded"))));
      } catch (JacksonException | IllegalArgumentException e) {
        return new Refused("the body must be a JSON object with \"mode\" and \"file\"");
      }
    }
    return of(asked.get("mode"), asked.get("file"));
  }

  private static String text(String body, @Nullable Object base64) {
    return Boolean.TRUE.equals(base64)
        ? new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8)
        : body;
  }

  private static PresignRequest of(@Nullable Object mode, @Nullable Object file) {
    if (!(file instanceof String key) || key.isBlank()) {
      return new Refused("\"file\" is missing: name the object's key");
    }
    if (key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
      return new Refused("\"file\" is longer than " + MAX_KEY_BYTES + " bytes");
    }
    if ("upload".equals(mode)) {
      return new Upload(key);
    }
    return "download".equals(mode)
        ? new Download(key)
        : new Refused("\"mode\" must be \"upload\" or \"download\"");
  }
}
