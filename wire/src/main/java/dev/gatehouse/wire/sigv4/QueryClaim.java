package dev.gatehouse.wire.sigv4;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query form: a presigned URL. */
final class QueryClaim {
  static final String ALGORITHM = "X-Amz-Algorithm";
  static final String SIGNATURE = "X-Amz-Signature";

  /** A week, the longest that AWS allows [C]. */
  private static final long MAX_SECONDS = 604_800;

  private QueryClaim() {}

  static Claim read(QueryText query) {
    if (!member(query, ALGORITHM).equals(ClaimParts.ALGORITHM)) {
      throw new ClaimSyntax("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\".");
    }
    ClaimParts.Scoped scoped = ClaimParts.scoped(member(query, "X-Amz-Credential"));
    return new Claim(
        Claim.Form.QUERY,
        scoped.accessKeyId(),
        scoped.scope(),
        ClaimParts.at(member(query, "X-Amz-Date"), scoped.scope()),
        expires(query),
        ClaimParts.signedHeaders(member(query, "X-Amz-SignedHeaders")),
        ClaimParts.signature(member(query, SIGNATURE)),
        optional(query, "X-Amz-Security-Token"));
  }

  private static @Nullable Duration expires(QueryText query) {
    String text = optional(query, "X-Amz-Expires");
    if (text == null) {
      return null;
    }
    if (text.matches("-[0-9]{1,9}")) {
      throw new ClaimSyntax("X-Amz-Expires must be non-negative");
    }
    if (!text.matches("[0-9]{1,9}")) {
      throw new ClaimSyntax("X-Amz-Expires should be a number.");
    }
    long seconds = Long.parseLong(text);
    if (seconds > MAX_SECONDS) {
      throw new ClaimSyntax(
          "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires"
              + " must be less than 604800 seconds.");
    }
    return Duration.ofSeconds(seconds);
  }

  private static String member(QueryText query, String name) {
    String value = optional(query, name);
    if (value == null) {
      throw new ClaimSyntax("Query-string authentication requires '" + name + "'.");
    }
    return value;
  }

  /** A repeated member is refused: which one counts must not be a matter of taste. */
  private static @Nullable String optional(QueryText query, String name) {
    List<String> values = query.decoded(name);
    if (values.size() > 1) {
      throw new ClaimSyntax("Query-string authentication requires one '" + name + "'.");
    }
    return values.isEmpty() ? null : values.getFirst();
  }
}
