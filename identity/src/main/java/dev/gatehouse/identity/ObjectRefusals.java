package dev.gatehouse.identity;

import dev.gatehouse.identity.Authentication.Refused;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.sigv4.Claim;
import dev.gatehouse.wire.sigv4.SignatureVerifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * S3's refusals of signatures, with what each says besides, by which clients find their fault [C].
 */
final class ObjectRefusals {
  private static final DateTimeFormatter COMPACT =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private ObjectRefusals() {}

  static Refused unknownKey(Claim claim) {
    return new Refused(
        403,
        "InvalidAccessKeyId",
        "The AWS Access Key Id you provided does not exist in our records.",
        Map.of("AWSAccessKeyId", claim.accessKeyId()));
  }

  /** Nothing of it is secret: all but the signature is the request's own. */
  static Refused mismatch(HttpCall call, Claim claim, String payloadHash) {
    String canonical = SignatureVerifier.canonical(call, claim, payloadHash);
    Map<String, String> more =
        new LinkedHashMap<>(signed(claim, SignatureVerifier.toSign(claim, canonical)));
    more.put("CanonicalRequest", canonical);
    more.put("CanonicalRequestBytes", bytes(canonical));
    return mismatch(more);
  }

  /** The same of the policy of a form. */
  static Refused mismatch(Claim claim, String policy) {
    return mismatch(signed(claim, policy));
  }

  private static Map<String, String> signed(Claim claim, String text) {
    Map<String, String> more = new LinkedHashMap<>();
    more.put("AWSAccessKeyId", claim.accessKeyId());
    more.put("StringToSign", text);
    more.put("SignatureProvided", claim.signature());
    more.put("StringToSignBytes", bytes(text));
    return more;
  }

  private static Refused mismatch(Map<String, String> more) {
    return new Refused(
        403,
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your"
            + " key and signing method.",
        more);
  }

  private static String bytes(String text) {
    return HexFormat.ofDelimiter(" ").formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static Refused expired(Claim claim, Instant end, Instant now) {
    Map<String, String> more = new LinkedHashMap<>();
    Duration expires = claim.expires();
    if (expires != null) {
      more.put("X-Amz-Expires", "" + expires.toSeconds());
    }
    more.put("Expires", second(end));
    more.put("ServerTime", second(now));
    return new Refused(403, "AccessDenied", "Request has expired", more);
  }

  static Refused notYetValid(Claim claim, Instant now) {
    Map<String, String> more = new LinkedHashMap<>();
    more.put("X-Amz-Date", COMPACT.format(claim.at()));
    more.put("ServerTime", second(now));
    return new Refused(403, "AccessDenied", "Request is not yet valid", more);
  }

  static Refused skewed(Claim claim, Instant now) {
    Map<String, String> more = new LinkedHashMap<>();
    more.put("RequestTime", COMPACT.format(claim.at()));
    more.put("ServerTime", second(now));
    more.put("MaxAllowedSkewMilliseconds", "" + SignatureVerifier.SKEW.toMillis());
    return new Refused(
        403,
        "RequestTimeTooSkewed",
        "The difference between the request time and the server's time is too large.",
        more);
  }

  /** A signature does not speak for what was added to the request afterwards. */
  static Refused notSigned(HttpCall call, Claim claim) {
    String names =
        call.headers().lines().stream()
            .map(line -> line.name().toLowerCase(Locale.ROOT))
            .filter(name -> name.startsWith("x-amz-") && !claim.signedHeaders().contains(name))
            .distinct()
            .collect(Collectors.joining(", "));
    return new Refused(
        403,
        "AccessDenied",
        "There were headers present in the request which were not signed",
        Map.of("HeadersNotSigned", names));
  }

  private static String second(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
