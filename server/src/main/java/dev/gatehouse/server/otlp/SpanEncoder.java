package dev.gatehouse.server.otlp;

import dev.gatehouse.gateway.spi.Tracing.Ended;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes a request and its integration as OTLP's spans.
 *
 * <p>Data plane: on event loops.
 */
final class SpanEncoder {
  private static final SpanAttribute METHOD = new SpanAttribute("http.request.method");
  private static final SpanAttribute ROUTE = new SpanAttribute("http.route");
  private static final SpanAttribute STATUS = new SpanAttribute("http.response.status_code");
  private static final SpanAttribute API = new SpanAttribute("aws.api_gateway.api_id");
  private static final SpanAttribute STAGE = new SpanAttribute("aws.api_gateway.stage");
  private static final SpanAttribute REQUEST = new SpanAttribute("aws.request_id");
  private static final SpanAttribute ERROR = new SpanAttribute("error.type");
  private static final byte[] INTEGRATION = "integration".getBytes(StandardCharsets.US_ASCII);

  /** {@code ScopeSpans.spans}, and the fields of a {@code Span}. */
  static final int SPANS = 2;

  private static final int TRACE_ID = 1;
  private static final int SPAN_ID = 2;
  private static final int PARENT_ID = 4;
  private static final int NAME = 5;
  private static final int KIND = 6;
  private static final int START = 7;
  private static final int END = 8;
  private static final int OUTCOME = 15;
  private static final int FLAGS = 16;

  private static final int SERVER = 2;
  private static final int CLIENT = 3;
  private static final int OUTCOME_CODE = 3;
  private static final int OUTCOME_ERROR = 2;

  /** Besides the trace's flags: it is known whether the parent is another process's. */
  private static final int OWN_PARENT = 0x100;

  private static final int REMOTE_PARENT = 0x300;

  /** All that is not text of the request, and more. */
  private static final int CONSTANT = 640;

  private static final int MOST_BYTES_OF_A_CHARACTER = 3;

  private SpanEncoder() {}

  /** How much room the spans of a request take at most. */
  static int room(Ended ended) {
    int text =
        ended.name().length()
            + length(ended.method())
            + length(ended.route())
            + ended.apiId().length()
            + ended.stage().length()
            + ended.requestId().length()
            + length(ended.error());
    return CONSTANT + MOST_BYTES_OF_A_CHARACTER * text;
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  /**
   * Writes the span of a request.
   *
   * @param parent the client's; null where it begins the trace
   */
  static void request(
      SpanBatch to, TraceContext at, @Nullable TraceContext parent, long startNanos, Ended ended) {
    int start = to.begin(SPANS);
    to.id(TRACE_ID, at.high(), at.low()).id(SPAN_ID, at.span());
    if (parent != null) {
      to.id(PARENT_ID, parent.span());
    }
    to.bytes(NAME, ended.name().getBytes(StandardCharsets.UTF_8)).number(KIND, SERVER);
    to.fixed(START, startNanos).fixed(END, startNanos + ended.nanos());
    attributes(to, ended);
    if (ended.status() >= 500) {
      to.head(OUTCOME, 2).number(OUTCOME_CODE, OUTCOME_ERROR);
    }
    to.fixed32(FLAGS, at.flags() | (parent == null ? OWN_PARENT : REMOTE_PARENT));
    to.end(start);
    to.another();
  }

  private static void attributes(SpanBatch to, Ended ended) {
    if (ended.method() != null) {
      METHOD.write(to, ended.method());
    }
    if (ended.route() != null) {
      ROUTE.write(to, ended.route());
    }
    API.write(to, ended.apiId());
    STAGE.write(to, ended.stage());
    REQUEST.write(to, ended.requestId());
    if (ended.status() > 0) {
      STATUS.write(to, ended.status());
    }
    if (ended.error() != null) {
      ERROR.write(to, ended.error());
    }
  }

  /** Writes the span of the integration's call, below that of its request. */
  static void integration(
      SpanBatch to, TraceContext request, long span, long startNanos, Ended ended) {
    long from = startNanos + ended.integrationFrom();
    int start = to.begin(SPANS);
    to.id(TRACE_ID, request.high(), request.low())
        .id(SPAN_ID, span)
        .id(PARENT_ID, request.span())
        .bytes(NAME, INTEGRATION)
        .number(KIND, CLIENT)
        .fixed(START, from)
        .fixed(END, from + Math.max(0, ended.integrationNanos()))
        .fixed32(FLAGS, request.flags() | OWN_PARENT);
    to.end(start);
    to.another();
  }
}
