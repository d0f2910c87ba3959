package dev.gatehouse.identity;

import dev.gatehouse.identity.Authentication.Refused;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The refusals of control calls, with the codes and texts of AWS (control-plane.md 2 [L]). */
final class Refusals {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private Refusals() {}

  static Refused missingToken() {
    return new Refused(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
  }

  static Refused incompleteSignature(String reason) {
    return new Refused(403, "IncompleteSignatureException", reason);
  }

  static Refused unrecognizedClient() {
    return new Refused(
        403,
        "UnrecognizedClientException",
        "The security token included in the request is invalid.");
  }

  static Refused expiredToken() {
    return new Refused(
        403, "ExpiredTokenException", "The security token included in the request is expired");
  }

  static Refused invalidSignature() {
    return new Refused(
        403,
        "InvalidSignatureException",
        "The request signature we calculated does not match the signature you provided. Check your"
            + " AWS Secret Access Key and signing method. Consult the service documentation for"
            + " details.");
  }

  static Refused signatureExpired(Instant at, Instant now) {
    return new Refused(
        403,
        "InvalidSignatureException",
        "Signature expired: %s is now earlier than %s."
            .formatted(TIME.format(at), TIME.format(now)));
  }

  static Refused signatureNotYetCurrent(Instant at, Instant now) {
    return new Refused(
        403,
        "InvalidSignatureException",
        "Signature not yet current: %s is still later than %s."
            .formatted(TIME.format(at), TIME.format(now)));
  }

  static Refused tooLarge(int maxBody) {
    return new Refused(
        413,
        "RequestEntityTooLargeException",
        "Request must be smaller than " + maxBody + " bytes.");
  }
}
