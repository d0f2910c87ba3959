package dev.gatehouse.identity;

import dev.gatehouse.model.Scope;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.sigv4.Claim;
import dev.gatehouse.wire.sigv4.ClaimReader;
import dev.gatehouse.wire.sigv4.SignatureVerifier;
import dev.gatehouse.wire.sigv4.SigningKeys;
import dev.gatehouse.wire.sigv4.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells who signed a request to an API (http-api.md 9.8, websocket-api.md 9.1): a route with
 * AWS_IAM, a {@code $connect}, a call of {@code @connections}. What they may do is another
 * question: {@link Permissions}.
 *
 * <p>In two steps, since a signature covers the body: {@link #read} needs the head only and turns
 * away whom nobody here knows, before any body is read; {@link Claimed#verify} needs the body's
 * hash. Neither ever blocks: both are asked on event loops, and take microseconds.
 */
public final class SignedRequests {
  private static final String SERVICE = "execute-api";
  private static final String HASH = "x-amz-content-sha256";

  /** How far clocks may be apart [L]. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private static final int SIGNING_KEYS = 1024;

  private final Credentials credentials;
  private final SignatureVerifier verifier =
      new SignatureVerifier(new SigningKeys(SIGNING_KEYS), SKEW);
  private final InstantSource clock;

  /** What the head of a request came to. */
  public sealed interface Reading permits Claimed, Refused {}

  /** What the signature came to. */
  public sealed interface Finding permits Signed, Refused {}

  /** The caller signed this very request. */
  public record Signed(Caller caller) implements Finding {}

  /**
   * The request is refused.
   *
   * @param code AWS's error code
   * @param message AWS's text
   */
  public record Refused(String code, String message) implements Reading, Finding {}

  public SignedRequests(Credentials credentials, InstantSource clock) {
    this.credentials = credentials;
    this.clock = clock;
  }

  /**
   * Reads the head of a request; its body is not touched.
   *
   * @param scope the API's account and region: the signature must be for that region
   */
  public Reading read(HttpCall head, Scope scope) {
    return switch (ClaimReader.read(head)) {
      case ClaimReader.Unsigned _ -> refused(Refusals.missingToken());
      case ClaimReader.Malformed(_, String reason) -> refused(Refusals.incompleteSignature(reason));
      case ClaimReader.Signed(Claim claim) -> read(head, scope, claim);
    };
  }

  /** Both steps for a request whose body is known, or has none. */
  public Finding check(HttpCall head, Scope scope, String bodyHash) {
    return switch (read(head, scope)) {
      case Refused refused -> refused;
      case Claimed claimed -> claimed.verify(bodyHash);
    };
  }

  private Reading read(HttpCall head, Scope scope, Claim claim) {
    if (!claim.scope().service().equals(SERVICE)) {
      return misscoped("Credential should be scoped to correct service: 'execute-api'. ");
    }
    if (!claim.scope().region().equals(scope.region())) {
      return misscoped("Credential should be scoped to a valid region. ");
    }
    List<String> hashes = head.headers().all(HASH);
    if (hashes.size() > 1) {
      return refused(Refusals.incompleteSignature("Only one '" + HASH + "' is allowed."));
    }
    String declared = hashes.isEmpty() ? null : hashes.getFirst().strip();
    return switch (credentials.lookup(claim.accessKeyId(), claim.sessionToken())) {
      case Credentials.Lookup.Unknown _ -> refused(Refusals.unrecognizedClient());
      case Credentials.Lookup.Expired _ -> refused(Refusals.expiredToken());
      case Credentials.Lookup.Found(Credential credential) ->
          new Claimed(head, claim, credential, declared);
    };
  }

  private static Refused misscoped(String message) {
    return new Refused("InvalidSignatureException", message);
  }

  private static Refused refused(Authentication.Refused refused) {
    return new Refused(refused.code(), refused.message());
  }

  /** A request that a known key is said to have signed. */
  public final class Claimed implements Reading {
    private final HttpCall head;
    private final Claim claim;
    private final Credential credential;
    private final @Nullable String declared;

    private Claimed(HttpCall head, Claim claim, Credential credential, @Nullable String declared) {
      this.head = head;
      this.claim = claim;
      this.credential = credential;
      this.declared = declared;
    }

    /**
     * The hash that the head declares, so that the signature can be checked before the body comes,
     * and the body against the hash; null where it declares none.
     */
    public @Nullable String declaredHash() {
      return declared;
    }

    /**
     * Checks the signature.
     *
     * @param bodyHash the SHA-256 of the body in lower-case hex; a declared one that differs from
     *     it is refused, and {@code UNSIGNED-PAYLOAD} always does: only S3 takes what is not signed
     *     [L]
     */
    public Finding verify(String bodyHash) {
      if (declared != null && !declared.equals(bodyHash)) {
        return refused(Refusals.invalidSignature());
      }
      Instant now = clock.instant();
      return switch (verifier.verify(head, claim, credential.secretAccessKey(), bodyHash, now)) {
        case Verdict.Valid _ -> new Signed(Authenticator.caller(credential, claim));
        case Verdict.Mismatch _ -> refused(Refusals.invalidSignature());
        case Verdict.Expired(Instant end) -> refused(Refusals.signatureExpired(end, now));
        case Verdict.NotYetValid(Instant from) ->
            refused(Refusals.signatureNotYetCurrent(from, now));
        case Verdict.Skewed(Instant at) ->
            refused(
                at.isBefore(now)
                    ? Refusals.signatureExpired(at, now)
                    : Refusals.signatureNotYetCurrent(at, now));
      };
    }
  }
}
