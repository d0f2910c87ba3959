package dev.gatehouse.gateway;

/** An integration, compiled for one stage. */
sealed interface Backend permits HttpProxy, LambdaProxy, Backend.Unusable {

  /** Begins the work for one exchange. */
  Call call(Exchange exchange);

  /**
   * An integration that cannot be called, as every request finds out.
   *
   * @param reason for the log
   */
  record Unusable(Fault fault, String reason) implements Backend {
    @Override
    public Call call(Exchange exchange) {
      return new FaultCall(exchange, fault, reason);
    }
  }
}
