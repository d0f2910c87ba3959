package dev.gatehouse.gateway.function;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The beginning of a streamed answer: status and headers as JSON, then eight zero bytes [C]. A
 * function says by the content type that its answer has one.
 */
public final class Prelude {
  private static final String TYPE = "application/vnd.awslambda.http-integration-response";
  private static final int ZEROS = 8;

  /** The zeros must come within the first 16 KB [L]. */
  private static final int MOST = 16 * 1024;

  private final ByteArrayOutputStream json = new ByteArrayOutputStream(256);
  private int zeros;

  /** Whether a streamed answer of that type has one. */
  public static boolean announcedBy(String contentType) {
    return contentType.split(";", 2)[0].strip().equalsIgnoreCase(TYPE);
  }

  /** Takes what belongs to it, and returns how many of the bytes did. */
  public int take(byte[] bytes, int offset, int length) {
    int taken = 0;
    while (taken < length && !complete() && !tooLong()) {
      byte next = bytes[offset + taken++];
      zeros = next == 0 ? zeros + 1 : 0;
      json.write(next);
    }
    return taken;
  }

  /** Whether all of it is there. */
  public boolean complete() {
    return zeros == ZEROS;
  }

  /** Whether it cannot become complete. */
  public boolean tooLong() {
    return json.size() >= MOST && !complete();
  }

  /** The answer without its body; only once it is complete. */
  public FunctionAnswer read() {
    byte[] whole = json.toByteArray();
    return new FunctionAnswerReader(
            Arrays.copyOf(whole, whole.length - ZEROS), FunctionAnswerReader.Form.PRELUDE)
        .read();
  }
}
