package dev.gatehouse.gateway.jwt;

import java.security.interfaces.RSAPublicKey;
import java.util.Map;

/** What came of asking an issuer for its keys. */
sealed interface Keys {

  /** RSA keys by their id. */
  record Found(Map<String, RSAPublicKey> byId) implements Keys {}

  /**
   * No keys.
   *
   * @param description what clients are told (http-api.md 9.3 [C])
   */
  record Unreachable(String description) implements Keys {}
}
