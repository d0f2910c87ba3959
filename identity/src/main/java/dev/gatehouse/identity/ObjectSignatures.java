package dev.gatehouse.identity;

import dev.gatehouse.identity.Authentication.Refused;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.sigv4.Claim;
import dev.gatehouse.wire.sigv4.ClaimReader;
import dev.gatehouse.wire.sigv4.Payload;
import dev.gatehouse.wire.sigv4.PayloadChecks;
import dev.gatehouse.wire.sigv4.PayloadRejected;
import dev.gatehouse.wire.sigv4.SignatureVerifier;
import dev.gatehouse.wire.sigv4.Verdict;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/** Checks the signature of a call for objects, in the way of S3 and with its codes [C]. */
final class ObjectSignatures {
  private static final String S3 = "s3";

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
      case Credentials.Lookup.Unknown _ ->
          claim.sessionToken() == null
              ? new Refused(
                  403,
                  "InvalidAccessKeyId",
                  "The AWS Access Key Id you provided does not exist in our records.")
              : new Refused(
                  400, "InvalidToken", "The provided token is malformed or otherwise invalid.");
      case Credentials.Lookup.Expired _ ->
          new Refused(400, "ExpiredToken", "The provided token has expired.");
      case Credentials.Lookup.Found(Credential credential) -> check(call, claim, credential);
    };
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
    return switch (verifier.verify(call, claim, secret, payload.get().text(), clock.instant())) {
      case Verdict.Valid _ -> accept(call, claim, credential, payload.get());
      case Verdict.Mismatch _ ->
          new Refused(
              403,
              "SignatureDoesNotMatch",
              "The request signature we calculated does not match the signature you provided. Check"
                  + " your key and signing method.");
      case Verdict.Expired _ -> new Refused(403, "AccessDenied", "Request has expired");
      case Verdict.NotYetValid _ -> new Refused(403, "AccessDenied", "Request is not yet valid");
      case Verdict.Skewed _ ->
          new Refused(
              403,
              "RequestTimeTooSkewed",
              "The difference between the request time and the server's time is too large.");
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
      return new Refused(
          403, "AccessDenied", "There were headers present in the request which were not signed");
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
