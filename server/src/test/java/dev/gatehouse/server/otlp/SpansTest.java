package dev.gatehouse.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.gatehouse.gateway.spi.Tracing.Ended;
import dev.gatehouse.gateway.spi.Tracing.Told;
import dev.gatehouse.gateway.spi.Tracing.Trace;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpansTest {
  private static final long STARTED = 1_790_000_000_123L;
  private static final Told NOTHING = new Told(null, null);
  private static final Told CLIENT =
      new Told("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null);
  private static final Told DRAWN =
      new Told("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03", null);
  private static final Resource RESOURCE =
      Resource.getDefault().toBuilder().put("service.name", "gatehouse").build();

  /** Requests of every kind, each with an id of its own. */
  private static final Map<String, Ended> REQUESTS =
      Map.of(
          "proxied", ended("GET /pets/{id}", "GET", "/pets/{id}", "proxied", 5, 200, null),
          "throttled", ended("GET /x", "GET", "/x", "throttled", -1, 429, "too many requests"),
          "unmatched", ended("PATCH", "PATCH", null, "unmatched", -1, 404, "no route"),
          "failed", ended("GET /d", "GET", "/d", "failed", 7, 503, "UNREACHABLE: \"x\"\n"),
          "gone", ended("GET /g", "GET", "/g", "gone", 9, 0, null),
          "event", ended("MESSAGE join", null, "join", "event", 11, 200, null),
          "foreign", ended("GET /kåse/𝄞", "GET", "/kåse/𝄞", "foreign", 2, 200, null),
          "long", ended("x".repeat(200), "x", "y".repeat(20_000), "long", 2, 200, null));

  private static Ended ended(
      String name,
      @Nullable String method,
      @Nullable String route,
      String id,
      long from,
      int status,
      @Nullable String error) {
    return new Ended(
        name, method, route, "a1b2c3", "$default", id, 900_123, from, 700_456, status, error);
  }

  private static Spans started(TraceReceiver receiver, int percent, LongSupplier random) {
    Spans spans = new Spans(receiver.settings(), percent, RESOURCE, random);
    spans.start();
    return spans;
  }

  private static long random() {
    return ThreadLocalRandom.current().nextLong();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"proxied", "throttled", "unmatched", "failed", "gone", "event", "foreign", "long"})
  void whatIsSentIsWhatOpenTelemetrysSdkSends(String kind) throws Exception {
    Ended ended = REQUESTS.get(kind);
    for (Told told : List.of(NOTHING, CLIENT, DRAWN)) {
      try (TraceReceiver ours = TraceReceiver.answering(200);
          TraceReceiver theirs = TraceReceiver.answering(200)) {
        try (Spans spans = started(ours, 100, SpansTest::random);
            SdkSpans sdk = new SdkSpans(theirs, RESOURCE)) {
          spans.begin(told, 0, STARTED).end(ended);
          sdk.request(TraceParents.read(told), STARTED, ended);
        }
        assertThat(withoutIds(ours.spans())).isEqualTo(withoutIds(theirs.spans()));
        assertThat(source(ours)).isEqualTo(source(theirs));
      }
    }
  }

  /** As they are but for ids that were drawn, in one order. */
  private static List<Span> withoutIds(List<Span> spans) {
    return spans.stream()
        .map(span -> {
          Span.Builder without = span.toBuilder().clearSpanId();
          if (span.getKind() != Span.SpanKind.SPAN_KIND_SERVER) {
            without.clearParentSpanId();
          }
          if (span.getParentSpanId().isEmpty() || without.getParentSpanId().isEmpty()) {
            without.clearTraceId();
          }
          List<KeyValue> attributes = new ArrayList<>(span.getAttributesList());
          attributes.sort(Comparator.comparing(KeyValue::getKey));
          // nothing said of the outcome is said with an empty message, too
          return without
              .clearAttributes()
              .addAllAttributes(attributes)
              .setStatus(span.getStatus())
              .build();
        })
        .sorted(Comparator.comparing(Span::getName))
        .toList();
  }

  private static ExportTraceServiceRequest source(TraceReceiver receiver) {
    ExportTraceServiceRequest.Builder request = receiver.received().getFirst().toBuilder();
    var resource = request.getResourceSpansBuilder(0);
    List<KeyValue> attributes = new ArrayList<>(resource.getResource().getAttributesList());
    attributes.sort(Comparator.comparing(KeyValue::getKey));
    resource.getResourceBuilder().clearAttributes().addAllAttributes(attributes);
    resource.getScopeSpansBuilder(0).clearSpans();
    return request.build();
  }

  @Test
  void theIntegrationIsBelowItsRequestAndTheRequestBelowItsClient() throws Exception {
    try (TraceReceiver receiver = TraceReceiver.answering(200)) {
      String told;
      try (Spans spans = started(receiver, 1, SpansTest::random)) {
        Trace trace = spans.begin(CLIENT, 0, STARTED);
        told = trace.traceparent();
        trace.end(REQUESTS.get("proxied"));
      }
      Span request = named(receiver, "GET /pets/{id}");
      Span integration = named(receiver, "integration");
      assertThat(hex(request.getTraceId())).isEqualTo("0af7651916cd43dd8448eb211c80319c");
      assertThat(hex(request.getParentSpanId())).isEqualTo("b7ad6b7169203331");
      assertThat(told)
          .isEqualTo("00-%s-%s-01", hex(request.getTraceId()), hex(request.getSpanId()));
      assertThat(integration.getTraceId()).isEqualTo(request.getTraceId());
      assertThat(integration.getParentSpanId()).isEqualTo(request.getSpanId());
      assertThat(integration.getSpanId()).isNotEqualTo(request.getSpanId()).hasSize(8);
      assertThat(receiver.tokens()).containsOnly("t");
    }
  }

  private static Span named(TraceReceiver receiver, String name) {
    return receiver.spans().stream()
        .filter(span -> span.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  @Test
  void aClientThatWantsNoSpansGetsNoneAndIsPassedOnAsItDecided() throws Exception {
    try (TraceReceiver receiver = TraceReceiver.answering(200)) {
      String w3c = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
      String told;
      try (Spans spans = started(receiver, 100, SpansTest::random)) {
        Trace trace = spans.begin(new Told(w3c, null), 0, STARTED);
        told = trace.traceparent();
        trace.end(REQUESTS.get("proxied"));
      }
      assertThat(told).startsWith(w3c.substring(0, 36)).endsWith("-00").isNotEqualTo(w3c);
      assertThat(receiver.spans()).isEmpty();
    }
  }

  @Test
  void ofThoseWhoDecidedNothingAShareIsTaken() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    try (TraceReceiver receiver = TraceReceiver.answering(200)) {
      int taken = 0;
      try (Spans spans = started(receiver, 10, random::nextLong)) {
        for (int i = 0; i < 10_000; i++) {
          Trace trace = spans.begin(NOTHING, 0, STARTED);
          taken += trace.traceparent().endsWith("-03") ? 1 : 0;
          trace.end(REQUESTS.get("throttled"));
        }
      }
      assertThat(taken).isBetween(850, 1_150);
      assertThat(receiver.spans()).hasSize(taken);
    }
  }

  @Test
  void noIdIsZero() throws Exception {
    try (TraceReceiver receiver = TraceReceiver.answering(200);
        Spans spans = started(receiver, 100, () -> 0)) {
      assertThat(spans.begin(NOTHING, 0, STARTED).traceparent())
          .isEqualTo("00-00000000000000010000000000000001-0000000000000001-03");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 70})
  void whateverLoopsWriteAtOnceEachSpanComesOnceOrIsCounted(int loops) throws Exception {
    int each = 40_000 / loops;
    try (TraceReceiver receiver = TraceReceiver.answering(200)) {
      Spans spans = started(receiver, 100, SpansTest::random);
      try (spans) {
        List<Thread> threads = new ArrayList<>();
        for (int loop = 0; loop < loops; loop++) {
          int number = loop;
          threads.add(
              Thread.ofPlatform()
                  .start(() -> {
                    for (int i = 0; i < each; i++) {
                      String id = number + "-" + i;
                      spans
                          .begin(NOTHING, number, STARTED)
                          .end(ended("GET", "GET", null, id, 1, 200, null));
                    }
                  }));
        }
        for (Thread thread : threads) {
          thread.join();
        }
        awaitAll(receiver, spans, 2L * loops * each);
      }
      List<Span> sent = receiver.spans();
      Set<ByteString> ids = new HashSet<>();
      sent.forEach(span -> ids.add(span.getSpanId()));
      assertThat(ids).hasSize(sent.size());
      assertThat(sent.size() + spans.dropped()).isEqualTo(2L * loops * each);
      assertThat(sent.size()).isGreaterThan(1_000);
    }
  }

  /** Stopping waits a few seconds at most: here a slow machine is waited for. */
  private static void awaitAll(TraceReceiver receiver, Spans spans, long all) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (receiver.spans().size() + spans.dropped() < all && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  @Test
  void whatFindsNoRoomIsDroppedAndCounted() throws Exception {
    try (TraceReceiver receiver = TraceReceiver.answering(200)) {
      Spans spans = new Spans(receiver.settings(), 100, RESOURCE, SpansTest::random);
      try (spans) {
        spans
            .begin(NOTHING, 0, STARTED)
            .end(ended("x".repeat(SpanBatch.BYTES), "x", null, "huge", 1, 200, null));
        assertThat(spans.dropped()).isEqualTo(2);
        Ended large = ended("x".repeat(SpanBatch.BYTES / 4), "x", null, "large", -1, 200, null);
        for (int i = 0; i < 2 * SpanBatches.MOST; i++) {
          spans.begin(NOTHING, 0, STARTED).end(large);
        }
        assertThat(spans.dropped()).isEqualTo(2 + SpanBatches.MOST);
        spans.start();
      }
      assertThat(receiver.spans()).hasSize(SpanBatches.MOST);
    }
  }

  @Test
  void whatTheReceiverDoesNotTakeIsDroppedAndCounted() throws Exception {
    try (TraceReceiver receiver = TraceReceiver.answering(400)) {
      Spans spans = started(receiver, 100, SpansTest::random);
      try (spans) {
        spans.begin(NOTHING, 0, STARTED).end(REQUESTS.get("proxied"));
      }
      assertThat(spans.dropped()).isEqualTo(2);
    }
  }
}
