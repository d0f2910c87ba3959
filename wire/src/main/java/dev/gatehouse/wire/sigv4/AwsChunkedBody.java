package dev.gatehouse.wire.sigv4;

import dev.gatehouse.wire.http.Headers;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the {@code aws-chunked} framing off a body and checks the chain of chunk signatures where
 * there is one. Used by one thread.
 */
final class AwsChunkedBody extends InputStream {
  private static final String SIGNATURE = ";chunk-signature=";
  private static final int MAX_DIGITS = 12;

  private final ChunkLines lines;
  private final InputStream in;
  private final @Nullable ChunkSigner signer;
  private final boolean trailer;
  private final MessageDigest digest = Sha256.digest();

  private long left;
  private String signature = "";
  private boolean ended;
  private Headers trailers = Headers.of();

  /**
   * @param signer null where chunks are not signed
   * @param trailer whether header lines follow the last chunk
   */
  AwsChunkedBody(InputStream in, @Nullable ChunkSigner signer, boolean trailer) {
    this.in = new BufferedInputStream(in, 16 * 1024);
    this.lines = new ChunkLines(this.in);
    this.signer = signer;
    this.trailer = trailer;
  }

  /** What followed the last chunk; known once the body has ended. */
  Headers trailers() {
    return trailers;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int count = in.read(bytes, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw ChunkLines.incomplete();
    }
    left -= count;
    if (signer != null) {
      digest.update(bytes, offset, count);
    }
    if (left == 0) {
      endChunk();
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void nextChunk() throws IOException {
    String line = lines.next();
    int mark = line.indexOf(';');
    String size = mark < 0 ? line : line.substring(0, mark);
    signature =
        mark >= 0 && line.startsWith(SIGNATURE, mark)
            ? line.substring(mark + SIGNATURE.length())
            : "";
    if (size.isEmpty()
        || size.length() > MAX_DIGITS
        || !size.chars().allMatch(HexFormat::isHexDigit)) {
      throw ChunkLines.incomplete();
    }
    left = HexFormat.fromHexDigitsToLong(size);
    if (left == 0) {
      checkSignature();
      end();
    }
  }

  private void endChunk() throws IOException {
    if (!lines.next().isEmpty()) {
      throw ChunkLines.incomplete();
    }
    checkSignature();
  }

  private void checkSignature() throws PayloadRejected {
    if (signer != null
        && !signer.acceptsChunk(signature, HexFormat.of().formatHex(digest.digest()))) {
      throw mismatch();
    }
  }

  private void end() throws IOException {
    ended = true;
    Headers found = lines.trailers();
    if (signer != null && trailer) {
      Optional<String> signed = found.first("x-amz-trailer-signature");
      found = found.without("x-amz-trailer-signature");
      if (signed.isEmpty() || !signer.acceptsTrailer(signed.get(), hash(found))) {
        throw mismatch();
      }
    }
    if ((!trailer && !found.lines().isEmpty()) || in.read() >= 0) {
      throw ChunkLines.incomplete();
    }
    trailers = found;
  }

  private static String hash(Headers trailers) {
    StringBuilder text = new StringBuilder();
    for (Headers.Header line : trailers.lines()) {
      text.append(line.name()).append(':').append(line.value()).append('\n');
    }
    return Sha256.hex(text.toString());
  }

  private static PayloadRejected mismatch() {
    return new PayloadRejected(
        403,
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your"
            + " key and signing method.");
  }
}
