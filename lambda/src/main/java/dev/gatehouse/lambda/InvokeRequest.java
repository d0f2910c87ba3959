package dev.gatehouse.lambda;

/**
 * An invocation by API Gateway.
 *
 * @param functionArn with a qualifier, where the integration's URI has one
 * @param sourceArn who invokes, as the function's resource policy sees it
 * @param sourceAccount the account of the API
 * @param payload the event, JSON in UTF-8
 * @param permitted whether a role has been found to allow it, so that the function's resource
 *     policy is not asked [C]
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record InvokeRequest(
    String functionArn, String sourceArn, String sourceAccount, byte[] payload, boolean permitted) {

  /** An invocation that the function's resource policy must allow. */
  public InvokeRequest(String functionArn, String sourceArn, String sourceAccount, byte[] payload) {
    this(functionArn, sourceArn, sourceAccount, payload, false);
  }
}
