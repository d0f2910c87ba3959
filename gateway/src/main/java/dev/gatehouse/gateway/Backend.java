package dev.gatehouse.gateway;

/** An integration, compiled for one stage. Knows nothing of the routes that lead to it. */
sealed interface Backend permits HttpProxy, LambdaProxy, Backend.Unusable {

  /** Begins the work for one exchange. */
  Call call(Exchange exchange);

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
  }
}
