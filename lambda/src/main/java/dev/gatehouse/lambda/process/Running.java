package dev.gatehouse.lambda.process;

import java.util.concurrent.CompletableFuture;

/**
 * An invocation inside a process.
 *
 * @param ending completed once, by whoever knows first
 * @param back completed when the process waits for the next event: true, or has ended: false
 */
record Running(
    Invocation invocation, CompletableFuture<Ending> ending, CompletableFuture<Boolean> back) {

  static Running of(Invocation invocation) {
    return new Running(invocation, new CompletableFuture<>(), new CompletableFuture<>());
  }
}
