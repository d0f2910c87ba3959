package dev.gatehouse.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body as an event carries it (http-api.md 4.5): as text for a fixed list of media types, else
 * as base64.
 */
record EventBody(String text, boolean base64) {
  private static final Set<String> TEXT =
      Set.of("application/json", "application/xml", "application/javascript");

  /** Null where the request has no body. */
  static @Nullable EventBody of(Event event) {
    if (event.body().length == 0) {
      return null;
    }
    String text = isText(event) ? utf8(event.body()) : null;
    return text != null
        ? new EventBody(text, false)
        : new EventBody(Base64.getEncoder().encodeToString(event.body()), true);
  }

  private static boolean isText(Event event) {
    String type = event.header("content-type");
    int semicolon = type.indexOf(';');
    String media = (semicolon < 0 ? type : type.substring(0, semicolon)).trim();
    String lower = media.toLowerCase(Locale.ROOT);
    boolean encoded =
        !event.header("content-encoding").isEmpty(); // [U]: compressed bytes are no text
    return !encoded && (lower.startsWith("text/") || TEXT.contains(lower));
  }

  /** Null where the bytes are not UTF-8 [U]: base64 loses nothing. */
  private static @Nullable String utf8(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException binary) {
      return null;
    }
  }
}
