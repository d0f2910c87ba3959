package dev.gatehouse.gateway.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.gatehouse.wire.Json;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Reads the key set of an issuer (RFC 7517). A key that is of no use to us spoils no other. */
final class KeySet {
  private static final Logger LOG = LoggerFactory.getLogger(KeySet.class);

  /** A modulus without end would make one signature cost seconds. */
  private static final int MODULUS_BITS = 8_192;

  private KeySet() {}

  /**
   * The RSA keys for signatures, by their id.
   *
   * @throws IllegalArgumentException where this is no key set
   */
  static Map<String, RSAPublicKey> read(byte[] json) {
    JsonNode keys = Json.mapper().readTree(json).path("keys");
    if (!keys.isArray()) {
      throw new IllegalArgumentException("no key set");
    }
    Map<String, RSAPublicKey> found = new HashMap<>();
    keys.forEach(key -> {
      if (key.path("kty").asString("").equals("RSA")) {
        add(key, found);
      }
    });
    return Map.copyOf(found);
  }

  private static void add(JsonNode json, Map<String, RSAPublicKey> found) {
    try {
      RSAKey key = RSAKey.parse(json.toString());
      boolean signs = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
      if (signs && key.getKeyID() != null && key.size() <= MODULUS_BITS) {
        found.put(key.getKeyID(), key.toRSAPublicKey());
      }
    } catch (ParseException | JOSEException | IllegalArgumentException unusable) {
      LOG.info("An issuer's key is left out: {}", unusable.getMessage());
    }
  }
}
