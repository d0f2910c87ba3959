package dev.gatehouse.lambda.process;

import java.util.concurrent.CompletableFuture;

/**
 * An invocation that has ended.
 *
 * @param log its last 4 KB, once all of it has come in
 * @param back true once the process can take another event, false when it never will
 */
public record Execution(
    Ending ending, CompletableFuture<byte[]> log, CompletableFuture<Boolean> back) {

  /** One that no process ran. */
  static Execution without(Ending ending, byte[] log) {
    return new Execution(
        ending, CompletableFuture.completedFuture(log), CompletableFuture.completedFuture(false));
  }
}
