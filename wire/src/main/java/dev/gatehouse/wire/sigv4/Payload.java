package dev.gatehouse.wire.sigv4;

import dev.gatehouse.wire.http.HttpCall;
import java.util.Optional;

/** What an S3 request says of its body, in {@code x-amz-content-sha256} or by being presigned. */
public sealed interface Payload {

  /** How the canonical request names it. */
  String text();

  /** The body isn't covered by the signature. */
  record Unsigned() implements Payload {
    @Override
    public String text() {
      return "UNSIGNED-PAYLOAD";
    }
  }

  /** The body has this SHA-256. */
  record Hashed(String text) implements Payload {}

  /**
   * The body comes in {@code aws-chunked} framing.
   *
   * @param signed whether each chunk carries a signature
   * @param trailer whether header lines follow the last chunk
   */
  record Chunked(String text, boolean signed, boolean trailer) implements Payload {}

  /** A form that isn't known here, SigV4A for instance. */
  record Unknown(String text) implements Payload {}

  /** What the call declares; empty where a header-signed call lacks the header that S3 demands. */
  static Optional<Payload> declared(HttpCall call, Claim claim) {
    Optional<String> header = call.headers().first("x-amz-content-sha256");
    if (header.isPresent()) {
      return Optional.of(of(header.get().strip()));
    }
    if (claim.form() == Claim.Form.HEADER) {
      return Optional.empty();
    }
    return Optional.of(
        QueryText.parse(call.rawQuery()).decoded("X-Amz-Content-Sha256").stream()
            .findFirst()
            .map(Payload::of)
            .orElseGet(Unsigned::new));
  }

  private static Payload of(String text) {
    return switch (text) {
      case "UNSIGNED-PAYLOAD" -> new Unsigned();
      case "STREAMING-UNSIGNED-PAYLOAD-TRAILER" -> new Chunked(text, false, true);
      case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" -> new Chunked(text, true, false);
      case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" -> new Chunked(text, true, true);
      default -> isHash(text) ? new Hashed(text) : new Unknown(text);
    };
  }

  private static boolean isHash(String text) {
    return text.length() == 64
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }
}
