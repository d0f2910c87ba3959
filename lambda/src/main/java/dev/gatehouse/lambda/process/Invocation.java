package dev.gatehouse.lambda.process;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to a handler.
 *
 * @param functionArn as the invoker named it, with a qualifier where it gave one
 * @param deadline when the process is killed
 * @param clientContext JSON in ASCII, on one line; empty where the invoker gave none
 * @param sink takes an answer that is streamed; null where answers are held
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record Invocation(
    String requestId,
    String functionArn,
    Instant deadline,
    byte[] payload,
    String clientContext,
    @Nullable AnswerSink sink) {

  /** The tracing header that AWS hands to every invocation; not sampled. */
  String traceId() {
    String digits = requestId.replace("-", "");
    return "Root=1-"
        + digits.substring(0, 8)
        + "-"
        + digits.substring(8)
        + ";Parent="
        + digits.substring(16)
        + ";Sampled=0";
  }
}
