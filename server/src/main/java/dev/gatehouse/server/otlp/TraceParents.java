package dev.gatehouse.server.otlp;

import dev.gatehouse.gateway.spi.Tracing.Told;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import org.jspecify.annotations.Nullable;

/**
 * The headers of traces: W3C's {@code traceparent}, else X-Ray's {@code Root=1-{8 hex}-{24
 * hex};Parent={16 hex};Sampled=1}. What has not that form is as if it were not there.
 */
final class TraceParents {
  private static final int W3C_LENGTH = 55;
  private static final int ROOT_LENGTH = 35;
  private static final int SPAN_LENGTH = 16;

  private TraceParents() {}

  static SpanContext read(Told told) {
    SpanContext known = w3c(told.traceparent());
    return known.isValid() ? known : amazon(told.amazon());
  }

  private static SpanContext w3c(@Nullable String header) {
    if (header == null || header.length() < W3C_LENGTH || header.startsWith("ff")) {
      return SpanContext.getInvalid();
    }
    boolean wellFormed =
        (header.length() == W3C_LENGTH || !header.startsWith("00"))
            && header.charAt(2) == '-'
            && header.charAt(35) == '-'
            && header.charAt(52) == '-'
            && isHex(header, 0, 2)
            && isHex(header, 53, 55);
    return wellFormed
        ? context(header.substring(3, 35), header.substring(36, 52), header.charAt(54))
        : SpanContext.getInvalid();
  }

  private static SpanContext amazon(@Nullable String header) {
    String root = part(header, "Root=", ROOT_LENGTH);
    String parent = part(header, "Parent=", SPAN_LENGTH);
    if (root == null || parent == null || !root.startsWith("1-") || root.charAt(10) != '-') {
      return SpanContext.getInvalid();
    }
    char sampled = header != null && header.contains("Sampled=1") ? '1' : '0';
    return context(root.substring(2, 10) + root.substring(11), parent, sampled);
  }

  private static @Nullable String part(@Nullable String header, String name, int length) {
    int at = header == null ? -1 : header.indexOf(name);
    int from = at + name.length();
    return header == null || at < 0 || from + length > header.length()
        ? null
        : header.substring(from, from + length);
  }

  /** Invalid where an id is all zeros or no hexadecimal number. */
  private static SpanContext context(String traceId, String spanId, char flags) {
    TraceFlags sampled =
        (Character.digit(flags, 16) & 1) == 1 ? TraceFlags.getSampled() : TraceFlags.getDefault();
    return SpanContext.createFromRemoteParent(traceId, spanId, sampled, TraceState.getDefault());
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  static String write(SpanContext context) {
    return "00-"
        + context.getTraceId()
        + "-"
        + context.getSpanId()
        + "-"
        + context.getTraceFlags().asHex();
  }
}
