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
   * @param at the request's path
   */
  Target describe(LiveRoute route, List<String> values, StagePath at, String method);

  /**
   * An integration that cannot be called, as every request finds out.
   *
   * @param reason for the log
   */
  record Unusable(Fault fault, String reason) implements Backend {

    /** One that is answered with 500. */
    Unusable(String reason) {
      this(Fault.INTERNAL, reason);
    }

    @Override
    public Call call(Exchange exchange) {
      return new FaultCall(exchange, fault, reason);
    }

    @Override
    public Target describe(LiveRoute route, List<String> values, StagePath at, String method) {
      String note = fault.status() + ", since " + reason;
      return new Target("none", route.integrationId(), null, null, null, null, null, null, note);
    }
  }
}
