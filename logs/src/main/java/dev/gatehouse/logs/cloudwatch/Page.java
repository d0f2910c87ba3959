package dev.gatehouse.logs.cloudwatch;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Results in pages; a token is the place of the last result, so that none is told twice. */
final class Page {
  private Page() {}

  static String token(String place) {
    return Base64.getUrlEncoder().encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  /** The place that a token stands for; empty where there is none. */
  static String place(LogsCall call) {
    try {
      return new String(
          Base64.getUrlDecoder().decode(call.text("nextToken")), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException foreign) {
      throw LogsCall.invalid("The specified nextToken is invalid.");
    }
  }

  /** A page of what stands behind the call's token, with the token of the next one. */
  static <T> List<T> of(
      List<T> all, LogsCall call, int limit, Function<T, String> key, ObjectNode answer) {
    String place = place(call);
    int from = 0;
    for (int i = 0; !place.isEmpty() && i < all.size(); i++) {
      if (key.apply(all.get(i)).equals(place)) {
        from = i + 1;
      }
    }
    int to = Math.min(all.size(), from + limit);
    if (to < all.size()) {
      answer.put("nextToken", token(key.apply(all.get(to - 1))));
    }
    return all.subList(from, to);
  }
}
