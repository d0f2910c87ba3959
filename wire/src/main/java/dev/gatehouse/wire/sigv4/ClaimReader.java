package dev.gatehouse.wire.sigv4;

import dev.gatehouse.wire.http.HttpCall;
import java.util.List;

/** Reads the claim of a request, whichever form it has. */
public final class ClaimReader {

  /** The reason where a request is signed in two ways. */
  public static final String TWO_CLAIMS = "Only one auth mechanism allowed.";

  /** What reading found. */
  public sealed interface Reading {}

  /** The request is not signed. */
  public record Unsigned() implements Reading {}

  /**
   * The request is signed in a way that can't be read.
   *
   * @param reason a sentence for the client
   */
  public record Malformed(Claim.Form form, String reason) implements Reading {}

  /** The request makes a claim that is well formed. */
  public record Signed(Claim claim) implements Reading {}

  private ClaimReader() {}

  /**
   * Reads the claim of a call. A request signed in both forms is refused, as S3 does
   * (InvalidArgument, "Only one auth mechanism allowed" [C]): which of the two counts must not be a
   * matter of taste.
   */
  public static Reading read(HttpCall call) {
    List<String> headers = call.headers().all("Authorization");
    QueryText query = QueryText.parse(call.rawQuery());
    boolean presigned = query.has(QueryClaim.ALGORITHM) || query.has(QueryClaim.SIGNATURE);
    if (headers.isEmpty() && !presigned) {
      return new Unsigned();
    }
    if (headers.size() > 1 || (presigned && !headers.isEmpty())) {
      return new Malformed(presigned ? Claim.Form.QUERY : Claim.Form.HEADER, TWO_CLAIMS);
    }
    try {
      return new Signed(
          presigned
              ? QueryClaim.read(query)
              : HeaderClaim.read(headers.getFirst(), call.headers()));
    } catch (ClaimSyntax syntax) {
      return new Malformed(presigned ? Claim.Form.QUERY : Claim.Form.HEADER, syntax.reason());
    }
  }
}
