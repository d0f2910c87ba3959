package dev.gatehouse.gateway;

import dev.gatehouse.gateway.route.RequestPath;
import dev.gatehouse.model.Scope;
import java.nio.charset.StandardCharsets;

/** The ARN of a request, which authorizers and policies see (http-api.md 9.4). */
final class RouteArn {
  /** What AWS takes where a route has an authorizer (http-api.md 10.4 [C]). */
  private static final int MOST_BYTES = 1_600;

  private static final int MOST_BYTES_A_CHARACTER = 3;

  private RouteArn() {}

  /**
   * That of the concrete request, not of the route's template [L]; repeated slashes are one, as
   * they are in route selection, so that {@code //admin} is denied where {@code /admin} is [U].
   */
  static String of(Exchange exchange) {
    LiveStage stage = exchange.stage();
    String path = RequestPath.withoutRepeatedSlashes(exchange.path());
    return api(stage) + "/" + stage.name() + "/" + exchange.method().name() + path;
  }

  /** That of an API. */
  static String api(LiveStage stage) {
    Scope scope = stage.scope();
    return "arn:aws:execute-api:" + scope.region() + ":" + scope.account() + ":" + stage.apiId();
  }

  /** Whether it is longer than AWS takes. */
  static boolean tooLong(Exchange exchange) {
    int others = MOST_BYTES / 4; // names and numbers before the path are shorter together
    return exchange.path().length() * MOST_BYTES_A_CHARACTER + others > MOST_BYTES
        && of(exchange).getBytes(StandardCharsets.UTF_8).length > MOST_BYTES;
  }
}
