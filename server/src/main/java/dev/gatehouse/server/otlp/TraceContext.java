package dev.gatehouse.server.otlp;

import java.nio.charset.StandardCharsets;

/**
 * Where in which trace something is.
 *
 * @param high the first half of the trace's id
 * @param low its second half, by which samplers draw
 * @param span the id of the span
 * @param flags of W3C's: whether its spans are recorded, and whether its id was drawn
 */
record TraceContext(long high, long low, long span, int flags) {
  /** Spans of the trace are recorded. */
  static final int SAMPLED = 1;

  /** The trace's id is one that samplers can draw by. */
  static final int RANDOM = 2;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PARENT =
      ("00-" + "0".repeat(32) + "-" + "0".repeat(16) + "-00").getBytes(StandardCharsets.US_ASCII);
  private static final int DIGITS = 16;

  boolean sampled() {
    return (flags & SAMPLED) != 0;
  }

  /** A span below this one, of which another process made this. */
  TraceContext below(long id) {
    return new TraceContext(high, low, id, flags);
  }

  /** As W3C's header tells it. */
  String traceparent() {
    byte[] text = PARENT.clone();
    hex(text, 3, high);
    hex(text, 3 + DIGITS, low);
    hex(text, 4 + 2 * DIGITS, span);
    text[text.length - 1] = HEX[flags];
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static void hex(byte[] target, int from, long value) {
    long rest = value;
    for (int i = from + DIGITS - 1; i >= from; i--) {
      target[i] = HEX[(int) (rest & 15)];
      rest >>>= 4;
    }
  }
}
