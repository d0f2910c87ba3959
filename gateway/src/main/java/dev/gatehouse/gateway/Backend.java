package dev.gatehouse.gateway;

import dev.gatehouse.gateway.report.Explanation.Target;
import java.util.List;

/** An integration, compiled for one stage. Knows nothing of the routes that lead to it. */
sealed interface Backend permits HttpProxy, LambdaProxy, Backend.Unusable {

  /** Begins the work for one exchange. */
  Call call(Exchange exchange);

  /**
   * What a request would meet here.
   *
   * @param values of the route's variables
   * @param path the request's, decoded, without the stage
   */
  Target describe(LiveRoute route, List<String> values, String path, String method);

  /**
   * An integration that cannot be called, as every request finds out: the answer is 500.
   *
   * @param reason for the log
   */
  record Unusable(String reason) implements Backend {
    @Override
    public Call call(Exchange exchange) {
      return new FaultCall(exchange, Fault.INTERNAL, reason);
    }

    @Override
    public Target describe(LiveRoute route, List<String> values, String path, String method) {
      return new Target("none", route.integrationId(), null, null, null, null, null, null, reason);
    }
  }
}
