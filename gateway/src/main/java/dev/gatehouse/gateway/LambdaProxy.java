package dev.gatehouse.gateway;

/**
 * An AWS_PROXY integration with a function (http-api.md section 4).
 *
 * @param sourceArn who the function's resource policy sees
 * @param version2 whether the payload format is 2.0
 */
record LambdaProxy(
    String functionArn,
    String sourceArn,
    boolean version2,
    ResponseMapping responseMapping,
    int timeoutMillis)
    implements Backend {

  @Override
  public Call call(Exchange exchange) {
    return new LambdaProxyCall(this, exchange);
  }
}
