package dev.gatehouse.lambda;

import org.jspecify.annotations.Nullable;

/**
 * What API Gateway hears of an invocation.
 *
 * @param requestId what the invocation is called; null where there was none
 */
public record InvokeAnswer(@Nullable String requestId, InvokeOutcome outcome) {

  /** There was no invocation. */
  static InvokeAnswer none(InvokeOutcome why) {
    return new InvokeAnswer(null, why);
  }
}
