package dev.gatehouse.wire.sigv4;

import java.security.MessageDigest;
import java.util.HexFormat;

/** The body has the SHA-256 that was signed. */
final class HashCheck implements BodyCheck {
  private final String expected;
  private final MessageDigest digest = Sha256.digest();

  HashCheck(String expected) {
    this.expected = expected;
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
  }

  @Override
  public void finish() throws PayloadRejected {
    if (!HexFormat.of().formatHex(digest.digest()).equals(expected)) {
      throw new PayloadRejected(
          400,
          "XAmzContentSHA256Mismatch",
          "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }
  }
}
