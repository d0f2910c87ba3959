package dev.gatehouse.gateway.jwt;

import dev.gatehouse.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A token taken apart; nothing in it is trusted yet. */
sealed interface SignedToken {
  /**
   * Names of tokens to the JDK's. RSA only [C]; whether AWS takes PS256 and its like is unknown, so
   * they are refused [U].
   */
  Map<String, String> ALGORITHMS =
      Map.of("RS256", "SHA256withRSA", "RS384", "SHA384withRSA", "RS512", "SHA512withRSA");

  /** Names of algorithms that may be told to the client. */
  Pattern SHOWN = Pattern.compile("[A-Za-z0-9-]{1,16}");

  /** No token. */
  record Flawed(String description) implements SignedToken {}

  /**
   * A token with a signature that may be right.
   *
   * @param algorithm by the JDK's name
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Read(String algorithm, String keyId, byte[] signed, byte[] payload, byte[] signature)
      implements SignedToken {

    boolean isSignedBy(RSAPublicKey key) {
      try {
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(key);
        verifier.update(signed);
        return verifier.verify(signature);
      } catch (GeneralSecurityException unusable) {
        return false;
      }
    }
  }

  /**
   * Takes a token apart. Its key is found by its key id alone: {@code jku}, {@code jwk}, {@code
   * x5u} and the like are the sender's word.
   */
  static SignedToken read(String token) {
    String[] parts = token.split("\\.", 4);
    if (parts.length != 3) {
      return new Flawed("token contains an invalid number of segments");
    }
    try {
      JsonNode header = Json.mapper().readTree(decoded(parts[0]));
      String named = header.path("alg").asString("");
      String algorithm = ALGORITHMS.get(named);
      if (algorithm == null) {
        return new Flawed(invalidAlgorithm(named));
      }
      if (header.has("crit") || header.has("b64")) {
        return new Flawed("the token has a critical header that is not understood");
      }
      String keyId = header.path("kid").isString() ? header.path("kid").stringValue() : "";
      if (keyId.isEmpty()) {
        return new Flawed("the token has no kid");
      }
      byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
      return new Read(algorithm, keyId, signed, decoded(parts[1]), decoded(parts[2]));
    } catch (IllegalArgumentException | JacksonException malformed) {
      return new Flawed("the token is malformed");
    }
  }

  /** The bytes of a part. There is one way to write them (RFC 7515), so one text to a token. */
  private static byte[] decoded(String part) {
    byte[] bytes = Base64.getUrlDecoder().decode(part);
    if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
      throw new IllegalArgumentException("not base64url");
    }
    return bytes;
  }

  /** The name comes from the sender and goes into a header. */
  private static String invalidAlgorithm(String algorithm) {
    return SHOWN.matcher(algorithm).matches()
        ? "signing method " + algorithm + " is invalid"
        : "signing method is invalid";
  }
}
