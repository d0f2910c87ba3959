package dev.gatehouse.objects;

import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.sigv4.PayloadRejected;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/** A document that a call brings, held whole; and the hash that {@code Content-MD5} says. */
final class SmallBody {
  private static final int MD5_BYTES = 16;

  private SmallBody() {}

  /**
   * The document, checked.
   *
   * @throws PayloadRejected where it is longer than {@code most} or is not what the call says
   */
  static byte[] read(HttpCall call, int most) throws IOException {
    byte[] body = call.body().readNBytes(most + 1);
    if (body.length > most) {
      Answer.Failed malformed = Answer.malformedXml();
      throw new PayloadRejected(malformed.status(), malformed.code(), malformed.message());
    }
    if (isMalformed(call)) {
      throw new PayloadRejected(400, "InvalidDigest", INVALID);
    }
    if (!expected(call).map(it -> MessageDigest.isEqual(it, md5().digest(body))).orElse(true)) {
      throw new PayloadRejected(400, "BadDigest", BAD);
    }
    return body;
  }

  static final String INVALID = "The Content-MD5 you specified was invalid.";
  static final String BAD = "The Content-MD5 you specified did not match what we received.";

  static boolean isMalformed(HttpCall call) {
    return call.headers().first("Content-MD5").isPresent() && expected(call).isEmpty();
  }

  /** What the call says; empty where it says nothing, or nothing that can be a hash. */
  static Optional<byte[]> expected(HttpCall call) {
    try {
      return call.headers()
          .first("Content-MD5")
          .map(text -> Base64.getDecoder().decode(text.strip()))
          .filter(bytes -> bytes.length == MD5_BYTES);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
