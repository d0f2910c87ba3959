package dev.gatehouse.server;

import dev.gatehouse.gateway.spi.PolicyReader;
import dev.gatehouse.identity.AccessRequest;
import dev.gatehouse.identity.Policy;
import dev.gatehouse.identity.Principal;

/** Reads the policies of Lambda authorizers with the evaluator that every policy here has. */
record AuthorizerPolicies() implements PolicyReader {
  private static final Principal CALLER = new Principal.Service("execute-api.amazonaws.com");

  @Override
  public AccessPolicy read(String json) {
    Policy policy = Policy.parseHeld(json);
    return (action, resource, context) ->
        policy.allows(new AccessRequest(CALLER, action, resource, context));
  }
}
