package dev.gatehouse.gateway;

import dev.gatehouse.gateway.spi.PolicyReader.AccessPolicy;
import java.util.Map;

/** What an authorizer's function answered; decides on many requests while it is kept. */
sealed interface AuthorizerAnswer {

  /** The decision on the request with that route ARN. */
  Decision decide(String routeArn, String sourceIp);

  /** How long the function's answer was. */
  int bytes();

  /** A simple reply: holds for every route [C]. */
  record Simple(boolean authorized, LambdaContext context, int bytes) implements AuthorizerAnswer {
    @Override
    public Decision decide(String routeArn, String sourceIp) {
      return authorized
          ? new Decision.Allow(context)
          : new Decision.Deny(Fault.FORBIDDEN, "the authorizer denies", null);
    }
  }

  /** A policy: looked at anew for each request [C]. */
  record Policy(AccessPolicy policy, LambdaContext context, int bytes) implements AuthorizerAnswer {
    @Override
    public Decision decide(String routeArn, String sourceIp) {
      return policy.allows("execute-api:Invoke", routeArn, Map.of("aws:SourceIp", sourceIp))
          ? new Decision.Allow(context)
          : new Decision.Deny(Fault.FORBIDDEN, "the authorizer's policy does not allow", null);
    }
  }

  /** No answer: never kept [L]. */
  record Failed(Fault fault, String reason) implements AuthorizerAnswer {
    @Override
    public Decision decide(String routeArn, String sourceIp) {
      return new Decision.Deny(fault, reason, null);
    }

    @Override
    public int bytes() {
      return 0;
    }
  }
}
