package dev.gatehouse.wire.sigv4;

import dev.gatehouse.wire.http.Headers;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The header form: {@code Authorization: AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…,
 * Signature=…}.
 */
final class HeaderClaim {
  private static final int MAX_LENGTH = 16 * 1024;

  private HeaderClaim() {}

  static Claim read(String authorization, Headers headers) {
    Map<String, String> members = members(authorization);
    ClaimParts.Scoped scoped = ClaimParts.scoped(member(members, "Credential"));
    return new Claim(
        Claim.Form.HEADER,
        scoped.accessKeyId(),
        scoped.scope(),
        at(headers, scoped.scope()),
        null,
        ClaimParts.signedHeaders(member(members, "SignedHeaders")),
        ClaimParts.signature(member(members, "Signature")),
        headers.first("X-Amz-Security-Token").orElse(null));
  }

  private static Map<String, String> members(String authorization) {
    if (!authorization.startsWith(ClaimParts.ALGORITHM + " ")
        || authorization.length() > MAX_LENGTH) {
      throw new ClaimSyntax("Authorization header must be of the form AWS4-HMAC-SHA256.");
    }
    Map<String, String> members = new HashMap<>();
    for (String part : authorization.substring(ClaimParts.ALGORITHM.length()).split(",", -1)) {
      int equals = part.indexOf('=');
      String name = part.substring(0, Math.max(equals, 0)).strip();
      if (equals < 0 || members.put(name, part.substring(equals + 1).strip()) != null) {
        throw new ClaimSyntax("Authorization header is mal-formed; expecting name=value pairs.");
      }
    }
    return members;
  }

  private static String member(Map<String, String> members, String name) {
    String value = members.get(name);
    if (value == null) {
      throw new ClaimSyntax("Authorization header requires '" + name + "' parameter.");
    }
    return value;
  }

  /** {@code X-Amz-Date} counts before {@code Date} [C]. */
  private static Instant at(Headers headers, SigningScope scope) {
    List<String> dates = headers.all("X-Amz-Date");
    if (dates.size() == 1) {
      return ClaimParts.at(dates.getFirst().strip(), scope);
    }
    if (dates.size() > 1) {
      throw new ClaimSyntax("Only one 'X-Amz-Date' is allowed.");
    }
    String date =
        headers
            .first("Date")
            .orElseThrow(() ->
                new ClaimSyntax(
                    "Authorization header requires existence of either a 'X-Amz-Date' or a"
                        + " 'Date' header."));
    try {
      Instant at =
          ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return ClaimParts.at(ClaimParts.DATE_TIME.format(at), scope);
    } catch (DateTimeException e) {
      return ClaimParts.at(date.strip(), scope);
    }
  }
}
