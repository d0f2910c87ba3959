package dev.gatehouse.wire.sigv4;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The parts that both forms of a claim share. */
final class ClaimParts {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";
  static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e&&[^/,]]{1,128}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final Pattern DATE = Pattern.compile("[0-9]{8}");
  private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]{1,256}");
  private static final int MAX_HEADERS = 200;

  /** {@code KEY/20260131/region/service/aws4_request}. */
  record Scoped(String accessKeyId, SigningScope scope) {}

  private ClaimParts() {}

  static Scoped scoped(String credential) {
    List<String> parts = List.of(credential.split("/", -1));
    if (parts.size() != 5
        || !KEY.matcher(parts.get(0)).matches()
        || !DATE.matcher(parts.get(1)).matches()
        || !NAME.matcher(parts.get(2)).matches()
        || !NAME.matcher(parts.get(3)).matches()
        || !parts.get(4).equals("aws4_request")) {
      throw new ClaimSyntax(
          "The Credential is mal-formed; expecting"
              + " \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
    }
    return new Scoped(parts.get(0), new SigningScope(parts.get(1), parts.get(2), parts.get(3)));
  }

  /** The host must be signed, or a signature made for us could be replayed elsewhere [C]. */
  static List<String> signedHeaders(String list) {
    List<String> names = List.of(list.split(";", -1));
    if (names.size() > MAX_HEADERS || !names.stream().allMatch(n -> HEADER.matcher(n).matches())) {
      throw new ClaimSyntax("The SignedHeaders parameter is mal-formed.");
    }
    if (!names.contains("host")) {
      throw new ClaimSyntax("'host' must be a 'SignedHeader' in the AWS Authorization.");
    }
    return names;
  }

  static String signature(String hex) {
    if (!SIGNATURE.matcher(hex).matches()) {
      throw new ClaimSyntax("The Signature is mal-formed; expecting 64 lower-case hex digits.");
    }
    return hex;
  }

  static Instant at(String dateTime, SigningScope scope) {
    try {
      Instant at = LocalDateTime.parse(dateTime, DATE_TIME).toInstant(ZoneOffset.UTC);
      if (!dateTime.startsWith(scope.date())) {
        throw new ClaimSyntax(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
                + " HTTP.");
      }
      return at;
    } catch (DateTimeParseException e) {
      throw new ClaimSyntax(
          "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\".");
    }
  }
}
