package dev.gatehouse.server.otlp;

import dev.gatehouse.gateway.spi.Tracing.Ended;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The same spans made and sent by OpenTelemetry's own SDK: what ours are held against. */
final class SdkSpans implements AutoCloseable {
  private final SdkTracerProvider provider;
  private final Tracer tracer;

  SdkSpans(TraceReceiver receiver, Resource resource) {
    provider =
        SdkTracerProvider.builder()
            .setResource(resource)
            .addSpanProcessor(
                SimpleSpanProcessor.create(
                    OtlpHttpSpanExporter.builder()
                        .setEndpoint(receiver.settings().url("traces"))
                        .addHeader("X-Token", "t")
                        .build()))
            .build();
    tracer = provider.get("dev.gatehouse.gateway");
  }

  void request(@Nullable TraceContext parent, long startMillis, Ended ended) {
    long start = TimeUnit.MILLISECONDS.toNanos(startMillis);
    Span span = begin(context(parent), ended.name(), SpanKind.SERVER, start);
    if (ended.method() != null) {
      span.setAttribute("http.request.method", ended.method());
    }
    if (ended.route() != null) {
      span.setAttribute("http.route", ended.route());
    }
    span.setAttribute("aws.api_gateway.api_id", ended.apiId());
    span.setAttribute("aws.api_gateway.stage", ended.stage());
    span.setAttribute("aws.request_id", ended.requestId());
    if (ended.status() > 0) {
      span.setAttribute("http.response.status_code", (long) ended.status());
    }
    if (ended.error() != null) {
      span.setAttribute("error.type", ended.error());
    }
    if (ended.status() >= 500) {
      span.setStatus(StatusCode.ERROR);
    }
    if (ended.integrationFrom() >= 0) {
      long from = start + ended.integrationFrom();
      begin(Context.root().with(span), "integration", SpanKind.CLIENT, from)
          .end(from + ended.integrationNanos(), TimeUnit.NANOSECONDS);
    }
    span.end(start + ended.nanos(), TimeUnit.NANOSECONDS);
  }

  private Span begin(Context parent, String name, SpanKind kind, long nanos) {
    SpanBuilder builder = tracer.spanBuilder(name).setParent(parent).setSpanKind(kind);
    return builder.setStartTimestamp(nanos, TimeUnit.NANOSECONDS).startSpan();
  }

  private static Context context(@Nullable TraceContext parent) {
    if (parent == null) {
      return Context.root();
    }
    String[] parts = parent.traceparent().split("-", -1);
    return Context.root()
        .with(
            Span.wrap(
                SpanContext.createFromRemoteParent(
                    parts[1],
                    parts[2],
                    TraceFlags.fromByte((byte) parent.flags()),
                    TraceState.getDefault())));
  }

  @Override
  public void close() {
    provider.shutdown().join(10, TimeUnit.SECONDS);
  }
}
