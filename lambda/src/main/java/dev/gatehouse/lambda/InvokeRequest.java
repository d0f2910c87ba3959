package dev.gatehouse.lambda;

import dev.gatehouse.lambda.process.AnswerSink;
import org.jspecify.annotations.Nullable;

/**
 * An invocation by API Gateway.
 *
 * @param functionArn with a qualifier, where the integration's URI has one
 * @param sourceArn who invokes, as the function's resource policy sees it
 * @param sourceAccount the account of the API
 * @param payload the event, JSON in UTF-8
 * @param permitted whether a role has been found to allow it, so that the function's resource
 *     policy is not asked [C]
 * @param sink takes an answer that the function streams; null where answers are held
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record InvokeRequest(
    String functionArn,
    String sourceArn,
    String sourceAccount,
    byte[] payload,
    boolean permitted,
    @Nullable AnswerSink sink) {

  /** An invocation that the function's resource policy must allow. */
  public InvokeRequest(String functionArn, String sourceArn, String sourceAccount, byte[] payload) {
    this(functionArn, sourceArn, sourceAccount, payload, false, null);
  }
}
