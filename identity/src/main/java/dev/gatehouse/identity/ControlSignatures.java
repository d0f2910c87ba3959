package dev.gatehouse.identity;

import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.sigv4.Claim;
import dev.gatehouse.wire.sigv4.Sha256;
import dev.gatehouse.wire.sigv4.SignatureVerifier;
import dev.gatehouse.wire.sigv4.Verdict;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;

/** Checks the signature of a control call. */
final class ControlSignatures {
  private final Credentials credentials;
  private final SignatureVerifier verifier;
  private final InstantSource clock;
  private final int maxBody;

  ControlSignatures(
      Credentials credentials, SignatureVerifier verifier, InstantSource clock, int maxBody) {
    this.credentials = credentials;
    this.verifier = verifier;
    this.clock = clock;
    this.maxBody = maxBody;
  }

  Authentication check(HttpCall call, Claim claim) throws IOException {
    return switch (credentials.lookup(claim.accessKeyId(), claim.sessionToken())) {
      case Credentials.Lookup.Unknown _ -> Refusals.unrecognizedClient();
      case Credentials.Lookup.Expired _ -> Refusals.expiredToken();
      case Credentials.Lookup.Found(Credential credential) -> check(call, claim, credential);
    };
  }

  private Authentication check(HttpCall call, Claim claim, Credential credential)
      throws IOException {
    Authentication.Refused tooLarge = Refusals.tooLarge(maxBody);
    if (call.bodyLength() > maxBody) {
      return tooLarge;
    }
    byte[] body = call.body().readNBytes(maxBody);
    if (body.length == maxBody && call.body().read() >= 0) {
      return tooLarge;
    }
    Instant now = clock.instant();
    return switch (verifier.verify(
        call, claim, credential.secretAccessKey(), Sha256.hex(body), now)) {
      case Verdict.Valid _ ->
          new Authentication.Authenticated(
              Authenticator.caller(credential, claim), held(call, body));
      case Verdict.Mismatch _ -> Refusals.invalidSignature();
      case Verdict.Expired(Instant end) -> Refusals.signatureExpired(end, now);
      case Verdict.NotYetValid(Instant from) -> Refusals.signatureNotYetCurrent(from, now);
      case Verdict.Skewed(Instant at) ->
          at.isBefore(now)
              ? Refusals.signatureExpired(at, now)
              : Refusals.signatureNotYetCurrent(at, now);
    };
  }

  private static HttpCall held(HttpCall call, byte[] body) {
    return call.with(body);
  }
}
