package dev.gatehouse.gateway;

import dev.gatehouse.gateway.jwt.Tokens;
import dev.gatehouse.gateway.spi.PolicyReader;
import java.time.Duration;

/**
 * What authorizers work with.
 *
 * @param patience how long an authorizer's function may take
 */
record Authorization(
    AuthorizerResults results, Tokens tokens, PolicyReader policies, Duration patience) {

  /** Runs work of authorizers off the event loops. */
  static void onThread(Runnable work) {
    Thread.ofVirtual().name("authorizer").start(work);
  }
}
