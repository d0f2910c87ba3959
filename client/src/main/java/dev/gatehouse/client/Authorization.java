package dev.gatehouse.client;

import java.util.List;

/** Who may call a route. */
public sealed interface Authorization {

  /** Everyone. */
  record None() implements Authorization {}

  /** Callers that sign with AWS credentials and may {@code execute-api:Invoke}. */
  record Iam() implements Authorization {}

  /**
   * Bearers of a token.
   *
   * @param scopes one of which the token must have; empty for none
   */
  record Jwt(Authorizer authorizer, List<String> scopes) implements Authorization {
    public Jwt {
      scopes = List.copyOf(scopes);
    }
  }

  /** Whom a function lets in. */
  record Custom(Authorizer authorizer) implements Authorization {}
}
