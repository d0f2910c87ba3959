package dev.gatehouse.wire.sigv4;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Signs requests that we send, in the header form. */
public final class Signer {
  private final String accessKeyId;
  private final String secret;
  private final SigningKeys keys = new SigningKeys(4);

  public Signer(String accessKeyId, String secret) {
    this.accessKeyId = accessKeyId;
    this.secret = secret;
  }

  /**
   * The headers of a call with {@code X-Amz-Date}, {@code X-Amz-Content-Sha256} and {@code
   * Authorization}. Every header that is given is signed, so give only those that reach the other
   * end as they are; {@code Host} must be one.
   */
  public Headers sign(
      HttpCall call, String region, String service, String payloadHash, Instant now) {
    String dateTime = ClaimParts.DATE_TIME.format(now);
    SigningScope scope = new SigningScope(dateTime.substring(0, 8), region, service);
    Headers headers =
        call.headers().with("X-Amz-Date", dateTime).with("X-Amz-Content-Sha256", payloadHash);
    TreeSet<String> names = new TreeSet<>();
    headers.lines().forEach(line -> names.add(line.name().toLowerCase(Locale.ROOT)));
    HttpCall signed = call.with(headers);
    String canonical =
        CanonicalRequest.readings(signed, PathRule.of(service), List.copyOf(names), payloadHash)
            .findFirst()
            .orElseThrow();
    String signature = SignatureVerifier.signature(keys.key(secret, scope), now, scope, canonical);
    return headers.with(
        "Authorization",
        "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(
                ClaimParts.ALGORITHM,
                accessKeyId,
                scope.text(),
                String.join(";", names),
                signature));
  }
}
