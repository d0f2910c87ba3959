package dev.gatehouse.lambda;

import java.time.Instant;

/**
 * An event that nobody waits for.
 *
 * @param failures how often it has failed
 */
record LaterEvent(FunctionName name, String requestId, Instant accepted, int failures) {

  LaterEvent failedOnceMore() {
    return new LaterEvent(name, requestId, accepted, failures + 1);
  }
}
