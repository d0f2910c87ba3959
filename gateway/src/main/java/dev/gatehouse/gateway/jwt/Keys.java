package dev.gatehouse.gateway.jwt;

import java.security.interfaces.RSAPublicKey;
import java.util.Map;

/** What came of asking an issuer for its keys. */
sealed interface Keys {
  /** What clients are told where the issuer's document cannot be had (http-api.md 9.3 [C]). */
  String NO_DISCOVERY = "OIDC discovery endpoint communication error";

  /** What clients are told where its keys cannot be had [C]. */
  String NO_KEYS = "JWKS communication error";

  /** RSA keys by their id. */
  record Found(Map<String, RSAPublicKey> byId) implements Keys {}

  /**
   * No keys.
   *
   * @param description what clients are told
   */
  record Unreachable(String description) implements Keys {}
}
