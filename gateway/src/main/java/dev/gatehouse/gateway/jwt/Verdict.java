package dev.gatehouse.gateway.jwt;

import java.util.List;
import java.util.Map;

/** What came of looking at a token. */
public sealed interface Verdict {

  /**
   * A token to be trusted.
   *
   * @param claims as functions are shown them: texts
   * @param scopes which of them the token has
   */
  record Valid(Map<String, String> claims, List<String> scopes) implements Verdict {}

  /**
   * A token that is not.
   *
   * @param description what the client is told (http-api.md 9.3)
   */
  record Invalid(String description) implements Verdict {}
}
