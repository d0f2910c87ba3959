package dev.gatehouse.gateway.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import dev.gatehouse.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A token taken apart; nothing in it is trusted yet. */
sealed interface SignedToken {
  /** RSA only [C]; whether AWS takes PS256 and its like is unknown, so they are refused [U]. */
  Set<String> ALGORITHMS = Set.of("RS256", "RS384", "RS512");

  /** No token. */
  record Flawed(String description) implements SignedToken {}

  /** A token with a signature that may be right. */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Read(JWSHeader header, String keyId, byte[] signed, byte[] payload, Base64URL signature)
      implements SignedToken {

    boolean isSignedBy(RSAPublicKey key) {
      try {
        return new RSASSAVerifier(key).verify(header, signed, signature);
      } catch (JOSEException unusable) {
        return false;
      }
    }
  }

  /**
   * Takes a token apart. Its keys are found by its key id alone: {@code jku}, {@code jwk} and the
   * like are the sender's word.
   */
  static SignedToken read(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return new Flawed("token contains an invalid number of segments");
    }
    try {
      byte[] head = Base64.getUrlDecoder().decode(parts[0]);
      byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
      Base64.getUrlDecoder().decode(parts[2]);
      JsonNode header = Json.mapper().readTree(head);
      String algorithm = header.path("alg").asString("");
      if (!ALGORITHMS.contains(algorithm)) {
        return new Flawed(invalidAlgorithm(algorithm));
      }
      String keyId = header.path("kid").isString() ? header.path("kid").stringValue() : "";
      if (keyId.isEmpty()) {
        return new Flawed("the token has no kid");
      }
      byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
      return new Read(
          JWSHeader.parse(new Base64URL(parts[0])),
          keyId,
          signed,
          payload,
          new Base64URL(parts[2]));
    } catch (IllegalArgumentException | JacksonException | ParseException malformed) {
      return new Flawed("the token is malformed");
    }
  }

  /** The name comes from the sender and goes into a header. */
  private static String invalidAlgorithm(String algorithm) {
    return Pattern.matches("[A-Za-z0-9-]{1,16}", algorithm)
        ? "signing method " + algorithm + " is invalid"
        : "signing method is invalid";
  }
}
