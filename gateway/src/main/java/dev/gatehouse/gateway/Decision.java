package dev.gatehouse.gateway;

import org.jspecify.annotations.Nullable;

/** What came of an authorizer. */
sealed interface Decision {

  /** The request goes on. */
  record Allow(AuthorizerContext context) implements Decision {}

  /**
   * The request ends.
   *
   * @param reason for the log and {@code $context.authorizer.error}
   * @param challenge the value of {@code www-authenticate}; null where there is none
   */
  record Deny(Fault fault, String reason, @Nullable String challenge) implements Decision {}
}
