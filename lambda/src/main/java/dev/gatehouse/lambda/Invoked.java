package dev.gatehouse.lambda;

import java.util.concurrent.CompletableFuture;

/**
 * An outcome with what only the Invoke call shows.
 *
 * @param version that was run
 * @param log the last 4 KB, once all of it has come in
 */
record Invoked(
    String requestId, String version, InvokeOutcome outcome, CompletableFuture<byte[]> log) {

  /** One that no process ran. */
  static Invoked without(String requestId, InvokeOutcome outcome) {
    return new Invoked(
        requestId, FunctionName.LATEST, outcome, CompletableFuture.completedFuture(new byte[0]));
  }
}
