package dev.gatehouse.identity;

import dev.gatehouse.identity.Authentication.Refused;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.sigv4.Claim;
import dev.gatehouse.wire.sigv4.ClaimReader;
import dev.gatehouse.wire.sigv4.FormClaim;
import dev.gatehouse.wire.sigv4.Payload;
import dev.gatehouse.wire.sigv4.PayloadChecks;
import dev.gatehouse.wire.sigv4.PayloadRejected;
import dev.gatehouse.wire.sigv4.SignatureVerifier;
import dev.gatehouse.wire.sigv4.Verdict;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Checks the signature of a call for objects, in the way of S3 and with its codes [C]. */
final class ObjectSignatures {
  private static final String S3 = "s3";
  private static final String TWO_CLAIMS =
      "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query"
          + " string parameter or the Authorization header should be specified";

  private final Credentials credentials;
  private final SignatureVerifier verifier;
  private final InstantSource clock;

  ObjectSignatures(Credentials credentials, SignatureVerifier verifier, InstantSource clock) {
    this.credentials = credentials;
    this.verifier = verifier;
    this.clock = clock;
  }

  Authentication check(HttpCall call) {
    return switch (ClaimReader.read(call)) {
      case ClaimReader.Unsigned _ -> new Refused(403, "AccessDenied", "Access Denied");
      case ClaimReader.Malformed(_, String reason) when reason.equals(ClaimReader.TWO_CLAIMS) ->
          new Refused(400, "InvalidArgument", TWO_CLAIMS);
      case ClaimReader.Malformed(Claim.Form form, String reason) ->
          new Refused(400, malformed(form), reason);
      case ClaimReader.Signed(Claim claim) -> check(call, claim);
    };
  }

  private Authentication check(HttpCall call, Claim claim) {
    if (!claim.scope().service().equals(S3)) {
      return new Refused(
          400, malformed(claim.form()), "incorrect service; this endpoint belongs to \"s3\".");
    }
    return switch (credentials.lookup(claim.accessKeyId(), claim.sessionToken())) {
      case Credentials.Lookup.Found(Credential credential) -> check(call, claim, credential);
      case Credentials.Lookup none -> unknown(claim, none);
    };
  }

  private static Refused unknown(Claim claim, Credentials.Lookup none) {
    if (none instanceof Credentials.Lookup.Expired) {
      return new Refused(400, "ExpiredToken", "The provided token has expired.");
    }
    return claim.sessionToken() == null
        ? ObjectRefusals.unknownKey(claim)
        : new Refused(400, "InvalidToken", "The provided token is malformed or otherwise invalid.");
  }

  /**
   * Checks a form upload: who signed its policy, and that the policy holds.
   *
   * @param fields by their names in lower case
   */
  FormAuthentication check(Map<String, String> fields, String bucket) {
    return switch (FormClaim.read(fields)) {
      case ClaimReader.Unsigned _ -> refused(403, "AccessDenied", "Access Denied");
      case ClaimReader.Malformed(_, String reason) -> refused(400, "InvalidArgument", reason);
      case ClaimReader.Signed(Claim claim) ->
          switch (credentials.lookup(claim.accessKeyId(), claim.sessionToken())) {
            case Credentials.Lookup.Found(Credential credential) ->
                check(fields, bucket, claim, credential);
            case Credentials.Lookup none -> new FormAuthentication.Refused(unknown(claim, none));
          };
    };
  }

  private FormAuthentication check(
      Map<String, String> fields, String bucket, Claim claim, Credential credential) {
    String text = fields.getOrDefault("policy", "");
    if (!claim.scope().service().equals(S3)
        || !verifier.signs(claim, credential.secretAccessKey(), text)) {
      return new FormAuthentication.Refused(ObjectRefusals.mismatch(claim, text));
    }
    Optional<FormPolicy> policy = FormPolicy.read(text);
    if (policy.isEmpty()) {
      return refused(400, "InvalidPolicyDocument", "Invalid Policy: Invalid JSON.");
    }
    Map<String, String> all = new HashMap<>(fields);
    all.put("bucket", bucket);
    return policy
        .get()
        .violation(all, clock.instant())
        .<FormAuthentication>map(why -> refused(403, "AccessDenied", why))
        .orElseGet(() ->
            new FormAuthentication.Authenticated(
                Authenticator.caller(credential, claim),
                policy.get().least(),
                policy.get().most()));
  }

  private static FormAuthentication refused(int status, String code, String message) {
    return new FormAuthentication.Refused(new Refused(status, code, message));
  }

  private Authentication check(HttpCall call, Claim claim, Credential credential) {
    if (claim.form() == Claim.Form.QUERY && claim.expires() == null) {
      return new Refused(
          400, malformed(claim.form()), "Query-string authentication requires 'X-Amz-Expires'.");
    }
    Optional<Payload> payload = Payload.declared(call, claim);
    if (payload.isEmpty()) {
      return new Refused(
          400, "InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
    }
    String secret = credential.secretAccessKey();
    Instant now = clock.instant();
    String hash = payload.get().text();
    return switch (verifier.verify(call, claim, secret, hash, now)) {
      case Verdict.Valid _ -> accept(call, claim, credential, payload.get());
      case Verdict.Mismatch _ -> ObjectRefusals.mismatch(call, claim, hash);
      case Verdict.Expired(Instant end) -> ObjectRefusals.expired(claim, end, now);
      case Verdict.NotYetValid _ -> ObjectRefusals.notYetValid(claim, now);
      case Verdict.Skewed _ -> ObjectRefusals.skewed(claim, now);
    };
  }

  /** A signature does not speak for what was added to the request afterwards. */
  private Authentication accept(
      HttpCall call, Claim claim, Credential credential, Payload payload) {
    boolean unsigned =
        call.headers().lines().stream()
            .map(line -> line.name().toLowerCase(Locale.ROOT))
            .anyMatch(name -> name.startsWith("x-amz-") && !claim.signedHeaders().contains(name));
    if (unsigned) {
      return ObjectRefusals.notSigned(call, claim);
    }
    try {
      return new Authentication.Authenticated(
          Authenticator.caller(credential, claim),
          PayloadChecks.apply(
              call, payload, () -> verifier.chunkSigner(claim, credential.secretAccessKey())));
    } catch (PayloadRejected rejected) {
      return new Refused(rejected.status(), rejected.code(), rejected.message());
    }
  }

  private static String malformed(Claim.Form form) {
    return switch (form) {
      case HEADER -> "AuthorizationHeaderMalformed";
      case QUERY -> "AuthorizationQueryParametersError";
    };
  }
}
