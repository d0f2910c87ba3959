package dev.gatehouse.wire.sigv4;

/** The body has as many bytes as was said. */
final class LengthCheck implements BodyCheck {
  private final long expected;
  private long seen;

  LengthCheck(long expected) {
    this.expected = expected;
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    seen += length;
  }

  @Override
  public void finish() throws PayloadRejected {
    if (seen != expected) {
      throw new PayloadRejected(
          400,
          "IncompleteBody",
          "You did not provide the number of bytes specified by the"
              + " x-amz-decoded-content-length HTTP header");
    }
  }
}
