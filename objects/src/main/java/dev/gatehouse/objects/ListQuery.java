package dev.gatehouse.objects;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * What a call for a list asks for.
 *
 * @param delimiter empty where keys are not to be rolled up
 * @param after only what comes after this key is listed; empty where all is
 * @param most keys and common prefixes together
 * @param encoded whether names are to be encoded as in a URL
 * @param parameters as they came
 */
record ListQuery(
    Kind kind,
    String prefix,
    String delimiter,
    String after,
    int most,
    boolean encoded,
    Map<String, String> parameters) {
  private static final int MOST = 1000;

  /** Which call it is. */
  enum Kind {
    FIRST,
    SECOND,
    VERSIONS
  }

  /** What reading a query comes to. */
  sealed interface Read {}

  record Good(ListQuery query) implements Read {}

  record Bad(Answer.Failed failed) implements Read {}

  static Read of(Map<String, String> query) {
    Kind kind =
        query.containsKey("versions")
            ? Kind.VERSIONS
            : "2".equals(query.get("list-type")) ? Kind.SECOND : Kind.FIRST;
    String most = query.getOrDefault("max-keys", "");
    if (!most.matches("[0-9]{0,10}")) {
      return bad("max-keys", most, "Argument maxKeys must be an integer between 0 and 2147483647");
    }
    String encoding = query.getOrDefault("encoding-type", "");
    if (!encoding.isEmpty() && !encoding.equals("url")) {
      return bad("encoding-type", encoding, "Invalid Encoding Method specified in Request");
    }
    if (query.containsKey("version-id-marker") && !query.containsKey("key-marker")) {
      return bad(
          "version-id-marker",
          query.getOrDefault("version-id-marker", ""),
          "A version-id marker cannot be specified without a key marker.");
    }
    String token = query.getOrDefault("continuation-token", "");
    if (kind == Kind.SECOND && !token.isEmpty() && key(token).isEmpty()) {
      return bad("continuation-token", token, "The continuation token provided is incorrect");
    }
    return new Good(
        new ListQuery(
            kind,
            query.getOrDefault("prefix", ""),
            query.getOrDefault("delimiter", ""),
            after(kind, query),
            most.isEmpty() ? MOST : (int) Math.min(MOST, Long.parseLong(most)),
            !encoding.isEmpty(),
            query));
  }

  private static Read bad(String name, String value, String message) {
    return new Bad(Answer.invalidArgument(name, value, message));
  }

  /** A token goes before what the list began after [C]. */
  private static String after(Kind kind, Map<String, String> query) {
    return switch (kind) {
      case FIRST -> query.getOrDefault("marker", "");
      case VERSIONS -> query.getOrDefault("key-marker", "");
      case SECOND -> {
        String token = query.getOrDefault("continuation-token", "");
        yield token.isEmpty() ? query.getOrDefault("start-after", "") : key(token);
      }
    };
  }

  /** What a list goes on after; clients are not to read it. */
  static String token(String key) {
    return Base64.getUrlEncoder().encodeToString(("1" + key).getBytes(StandardCharsets.UTF_8));
  }

  /** Empty where it is no token of ours. */
  private static String key(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      return text.startsWith("1") ? text.substring(1) : "";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
