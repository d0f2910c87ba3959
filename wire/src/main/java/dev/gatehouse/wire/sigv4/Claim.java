package dev.gatehouse.wire.sigv4;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about its own signature. Nothing here has been checked.
 *
 * @param at when the request says that it was signed
 * @param expires how long a presigned URL is good for; null where the request does not say
 * @param signedHeaders lower-case names in the order of the request
 * @param signature 64 hex digits
 * @param sessionToken what temporary credentials send along; null for a long-lived key
 */
public record Claim(
    Form form,
    String accessKeyId,
    SigningScope scope,
    Instant at,
    @Nullable Duration expires,
    List<String> signedHeaders,
    String signature,
    @Nullable String sessionToken) {

  /** Where a signature stands. */
  public enum Form {
    /** In the {@code Authorization} header. */
    HEADER,
    /** In the query: a presigned URL. */
    QUERY
  }

  public Claim {
    signedHeaders = List.copyOf(signedHeaders);
  }

  /** Without signature and token, so that neither can reach a log by accident. */
  @Override
  public String toString() {
    return "Claim[" + form + ", " + accessKeyId + ", " + scope.text() + "]";
  }
}
