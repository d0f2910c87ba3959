package dev.gatehouse.gateway;

import dev.gatehouse.gateway.jwt.Tokens;
import dev.gatehouse.gateway.spi.PolicyReader;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What authorizers work with. What is remembered of requests is made when the first authorizer that
 * needs it is compiled: Caffeine looks through all jars for who might want to log, a good part of a
 * start and nothing for an event loop.
 */
final class Authorization {
  private final GatewayPorts ports;
  private final Duration patience;
  private @Nullable AuthorizerResults results;
  private @Nullable Tokens tokens;

  /**
   * Remembers nothing yet.
   *
   * @param patience how long an authorizer's function may take
   */
  Authorization(GatewayPorts ports, Duration patience) {
    this.ports = ports;
    this.patience = patience;
  }

  /** Runs work of authorizers off the event loops. */
  static void onThread(Runnable work) {
    Thread.ofVirtual().name("authorizer").start(work);
  }

  /** For the compiler; may take a while. */
  synchronized AuthorizerResults results() {
    AuthorizerResults made = results;
    if (made == null) {
      made = new AuthorizerResults(ports.nanos()::getAsLong);
      results = made;
    }
    return made;
  }

  /** For the compiler; may take a while. */
  synchronized Tokens tokens() {
    Tokens made = tokens;
    if (made == null) {
      made = new Tokens(ports.clock(), ports.nanos(), ports.issuers());
      tokens = made;
    }
    return made;
  }

  PolicyReader policies() {
    return ports.policies();
  }

  Duration patience() {
    return patience;
  }
}
