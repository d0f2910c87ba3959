package dev.gatehouse.gateway;

import dev.gatehouse.gateway.report.Explanation.AuthorizerAsked;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An authorizer, compiled for one stage. */
sealed interface LiveAuthorizer permits LambdaAuthorizer, JwtAuthorizer, LiveAuthorizer.Unusable {

  /**
   * Decides on a request, at once or later, on whatever thread. Called on the exchange's event
   * loop, which it never holds up. A failed future means that nobody could decide.
   */
  CompletableFuture<Decision> decide(Exchange exchange);

  /** Who would be asked. */
  AuthorizerAsked describe(String authorizerId);

  /**
   * An authorizer that cannot decide, so that nobody is let in: the answer is 500.
   *
   * @param reason for the log
   */
  record Unusable(String reason) implements LiveAuthorizer {
    @Override
    public CompletableFuture<Decision> decide(Exchange exchange) {
      return CompletableFuture.completedFuture(new Decision.Deny(Fault.AUTHORIZER, reason, null));
    }

    @Override
    public AuthorizerAsked describe(String authorizerId) {
      return new AuthorizerAsked(authorizerId, "none", List.of(), "nobody, so 500: " + reason);
    }
  }
}
