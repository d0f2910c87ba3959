package dev.gatehouse.wire.sigv4;

import dev.gatehouse.wire.http.HttpCall;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Checks the signature of a request. Time is looked at first, as AWS does [L]: an expired URL is
 * told to be expired even where it would not match.
 */
public final class SignatureVerifier {
  /** How far clocks may be apart: 15 minutes for S3 [C], taken for the others as well. */
  public static final Duration SKEW = Duration.ofMinutes(15);

  private final SigningKeys keys;
  private final Duration skew;

  public SignatureVerifier(SigningKeys keys) {
    this(keys, SKEW);
  }

  /**
   * @param skew how far clocks may be apart
   */
  public SignatureVerifier(SigningKeys keys, Duration skew) {
    this.keys = keys;
    this.skew = skew;
  }

  /**
   * Checks the claim of a call.
   *
   * @param secret the secret of the claim's access key
   * @param payloadHash what the canonical request says of the body: its hash, or {@code
   *     UNSIGNED-PAYLOAD} and the like
   */
  public Verdict verify(
      HttpCall call, Claim claim, String secret, String payloadHash, Instant now) {
    Instant from = claim.at().minus(skew);
    Duration expires = claim.expires();
    if (expires == null) {
      if (now.isBefore(from) || now.isAfter(claim.at().plus(skew))) {
        return new Verdict.Skewed(claim.at());
      }
    } else if (now.isBefore(from)) {
      return new Verdict.NotYetValid(claim.at());
    } else if (!now.isBefore(claim.at().plus(expires))) {
      return new Verdict.Expired(claim.at().plus(expires));
    }
    return matches(call, claim, secret, payloadHash) ? new Verdict.Valid() : new Verdict.Mismatch();
  }

  /** Whether the claim's signature is that of a text, such as the policy of a form. */
  public boolean signs(Claim claim, String secret, String text) {
    byte[] key = keys.key(secret, claim.scope());
    return Sha256.same(HexFormat.of().formatHex(Sha256.hmac(key, text)), claim.signature());
  }

  /** What the chunks of a streamed body are signed with, once its seed signature is known good. */
  public ChunkSigner chunkSigner(Claim claim, String secret) {
    return new ChunkSigner(claim, keys.key(secret, claim.scope()));
  }

  private boolean matches(HttpCall call, Claim claim, String secret, String payloadHash) {
    byte[] key = keys.key(secret, claim.scope());
    PathRule rule = PathRule.of(claim.scope().service());
    return CanonicalRequest.readings(call, rule, claim.signedHeaders(), payloadHash)
        .map(reading -> signature(key, claim.at(), claim.scope(), reading))
        .anyMatch(signature -> Sha256.same(signature, claim.signature()));
  }

  /** The text that the claim's signature should cover, in the spelling that AWS documents. */
  public static String canonical(HttpCall call, Claim claim, String payloadHash) {
    PathRule rule = PathRule.of(claim.scope().service());
    return CanonicalRequest.readings(call, rule, claim.signedHeaders(), payloadHash)
        .findFirst()
        .orElseThrow();
  }

  /** What is signed of such a text. */
  public static String toSign(Claim claim, String canonicalRequest) {
    return toSign(claim.at(), claim.scope(), canonicalRequest);
  }

  private static String toSign(Instant at, SigningScope scope, String canonicalRequest) {
    return String.join(
        "\n",
        ClaimParts.ALGORITHM,
        ClaimParts.DATE_TIME.format(at),
        scope.text(),
        Sha256.hex(canonicalRequest.getBytes(StandardCharsets.ISO_8859_1)));
  }

  static String signature(byte[] key, Instant at, SigningScope scope, String canonicalRequest) {
    return HexFormat.of().formatHex(Sha256.hmac(key, toSign(at, scope, canonicalRequest)));
  }
}
