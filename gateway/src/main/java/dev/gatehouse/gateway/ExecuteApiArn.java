package dev.gatehouse.gateway;

import dev.gatehouse.model.Scope;

/** What policies call the resources of an API. */
final class ExecuteApiArn {
  private ExecuteApiArn() {}

  /** {@code arn:aws:execute-api:{region}:{account}:{apiId}}. */
  static String api(Scope scope, String apiId) {
    return "arn:aws:execute-api:" + scope.region() + ":" + scope.account() + ":" + apiId;
  }

  /**
   * {@code …/{stage}/{METHOD}/{path}} of the concrete request, not the route's template [L]
   * (http-api.md 9.8).
   */
  static String request(Exchange exchange) {
    LiveStage stage = exchange.stage();
    return api(stage.scope(), stage.apiId())
        + "/"
        + stage.name()
        + "/"
        + exchange.method().name()
        + exchange.path();
  }
}
