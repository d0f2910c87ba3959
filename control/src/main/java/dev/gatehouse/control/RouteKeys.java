package dev.gatehouse.control;

import dev.gatehouse.model.ProtocolType;
import dev.gatehouse.model.RouteKey;
import java.util.Set;

/** What a route key may be, and when two of them are the same (control-plane.md section 5). */
final class RouteKeys {
  private static final Set<String> WEBSOCKET_KEYS = Set.of("$connect", "$disconnect", "$default");

  /** Ours: AWS's bound is not published [U]. */
  private static final int LONGEST = 2048;

  private RouteKeys() {}

  static void check(ProtocolType protocol, String key) {
    if (key.length() > LONGEST) {
      throw OwnRefusals.invalid("routeKey", "it has " + LONGEST + " characters at most");
    }
    switch (protocol) {
      case HTTP -> checkHttp(key);
      case WEBSOCKET -> checkWebSocket(key);
    }
  }

  private static void checkHttp(String key) {
    if (RouteKey.parse(key) instanceof RouteKey.Invalid(RouteKey.Flaw flaw)) {
      throw switch (flaw) {
        case FORM -> OwnRefusals.badRouteKey();
        case PATH_PART -> Refusals.invalidPathParts();
      };
    }
  }

  private static void checkWebSocket(String key) {
    if (key.chars().anyMatch(Character::isISOControl)) {
      throw OwnRefusals.invalid("routeKey", "it has no control characters");
    }
    if (key.isEmpty() || (key.startsWith("$") && !WEBSOCKET_KEYS.contains(key))) {
      throw OwnRefusals.invalid("routeKey", "only " + WEBSOCKET_KEYS + " may start with $");
    }
  }

  /** The key without the names of its variables: two routes that differ only there are one [L]. */
  static String canonical(String key) {
    return switch (RouteKey.parse(key)) {
      case RouteKey.Valid(RouteKey.MethodAndPath(String method, var segments)) -> {
        StringBuilder text = new StringBuilder(method).append(' ');
        segments.forEach(segment -> text.append('/').append(canonical(segment)));
        yield text.toString();
      }
      case RouteKey.Valid(RouteKey.CatchAll all) -> RouteKey.DEFAULT;
      case RouteKey.Invalid invalid -> key;
    };
  }

  private static String canonical(RouteKey.Segment segment) {
    return switch (segment) {
      case RouteKey.Literal literal -> literal.text();
      case RouteKey.Variable variable -> "{}";
      case RouteKey.Greedy greedy -> "{+}";
    };
  }
}
