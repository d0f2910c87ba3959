package dev.gatehouse.server.otlp;

import dev.gatehouse.gateway.spi.Tracing.Told;
import org.jspecify.annotations.Nullable;

/**
 * The headers of traces: W3C's {@code traceparent}, else X-Ray's {@code Root=1-{8 hex}-{24
 * hex};Parent={16 hex};Sampled=1}. What has not that form is as if it were not there.
 */
final class TraceParents {
  /** Other flags are not passed on, since nobody knows what they would promise. */
  private static final int KNOWN = TraceContext.SAMPLED | TraceContext.RANDOM;

  private static final int W3C_LENGTH = 55;
  private static final int ROOT_LENGTH = 35;
  private static final int SPAN_LENGTH = 16;

  private TraceParents() {}

  /** What a client says its request is part of; null where it says nothing of use. */
  static @Nullable TraceContext read(Told told) {
    TraceContext known = w3c(told.traceparent());
    return known == null ? amazon(told.amazon()) : known;
  }

  private static @Nullable TraceContext w3c(@Nullable String header) {
    if (header == null || header.length() < W3C_LENGTH || header.startsWith("ff")) {
      return null;
    }
    boolean wellFormed =
        (header.length() == W3C_LENGTH || !header.startsWith("00"))
            && header.charAt(2) == '-'
            && header.charAt(35) == '-'
            && header.charAt(52) == '-'
            && isHex(header, 0, 2)
            && isHex(header, 3, 35)
            && isHex(header, 36, 52)
            && isHex(header, 53, 55);
    return wellFormed
        ? context(
            number(header, 3, 19),
            number(header, 19, 35),
            number(header, 36, 52),
            (int) number(header, 54, 55) & KNOWN)
        : null;
  }

  private static @Nullable TraceContext amazon(@Nullable String header) {
    String root = part(header, "Root=", ROOT_LENGTH);
    String parent = part(header, "Parent=", SPAN_LENGTH);
    if (header == null
        || root == null
        || parent == null
        || !root.startsWith("1-")
        || root.charAt(10) != '-') {
      return null;
    }
    String id = root.substring(2, 10) + root.substring(11);
    return isHex(id, 0, id.length()) && isHex(parent, 0, SPAN_LENGTH)
        ? context(
            number(id, 0, 16),
            number(id, 16, 32),
            number(parent, 0, SPAN_LENGTH),
            header.contains("Sampled=1") ? TraceContext.SAMPLED : 0)
        : null;
  }

  private static @Nullable String part(@Nullable String header, String name, int length) {
    int at = header == null ? -1 : header.indexOf(name);
    int from = at + name.length();
    return header == null || at < 0 || from + length > header.length()
        ? null
        : header.substring(from, from + length);
  }

  /** Null where an id is all zeros. */
  private static @Nullable TraceContext context(long high, long low, long span, int flags) {
    return (high | low) == 0 || span == 0 ? null : new TraceContext(high, low, span, flags);
  }

  /** In small letters, as W3C wants it. */
  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static long number(String hex, int from, int to) {
    return Long.parseUnsignedLong(hex, from, to, 16);
  }
}
