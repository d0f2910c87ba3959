package dev.gatehouse.wire.sigv4;

import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/** The body has the checksum that a header or a trailer gives for it. */
final class ChecksumCheck implements BodyCheck {
  private final ChecksumAlgorithm algorithm;
  private final Supplier<Optional<String>> declared;
  private final ChecksumAlgorithm.Running running;

  /**
   * @param declared the checksum in base64, asked for at the body's end, when trailers are known
   */
  ChecksumCheck(ChecksumAlgorithm algorithm, Supplier<Optional<String>> declared) {
    this.algorithm = algorithm;
    this.declared = declared;
    this.running = algorithm.start();
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    running.update(bytes, offset, length);
  }

  @Override
  public void finish() throws PayloadRejected {
    String computed = Base64.getEncoder().encodeToString(running.value());
    String expected =
        declared
            .get()
            .orElseThrow(() ->
                new PayloadRejected(
                    400,
                    "MalformedTrailerError",
                    "The request contained trailing data that was not well-formed."));
    if (!computed.equals(expected.strip())) {
      throw new PayloadRejected(
          400,
          "BadDigest",
          "The " + algorithm + " you specified did not match the calculated checksum.");
    }
  }
}
