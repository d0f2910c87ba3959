package dev.gatehouse.server.otlp;

import dev.gatehouse.gateway.spi.Tracing;
import dev.gatehouse.server.config.OtlpSettings;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Spans of requests, and of the calls of their integrations, sent in batches. A client's own
 * decision on its trace holds; of the others a share is taken. The queue is bounded; what it cannot
 * hold is dropped.
 */
public final class Spans implements Tracing, AutoCloseable {
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> API = AttributeKey.stringKey("aws.api_gateway.api_id");
  private static final AttributeKey<String> STAGE = AttributeKey.stringKey("aws.api_gateway.stage");
  private static final AttributeKey<String> REQUEST = AttributeKey.stringKey("aws.request_id");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

  private static final int QUEUED = 16_384;
  private static final int BATCH = 2_048;

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  /**
   * @param percent of requests whose client decided nothing
   * @param resource what sends
   */
  public Spans(OtlpSettings settings, int percent, Resource resource) {
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(settings.url("traces"));
    settings.headers().forEach(exporter::addHeader);
    this.provider =
        SdkTracerProvider.builder()
            .setResource(resource)
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(percent / 100.0)))
            .addSpanProcessor(
                BatchSpanProcessor.builder(exporter.build())
                    .setScheduleDelay(Duration.ofSeconds(1))
                    .setMaxQueueSize(QUEUED)
                    .setMaxExportBatchSize(BATCH)
                    .build())
            .build();
    this.tracer = provider.get("dev.gatehouse.gateway");
  }

  @Override
  public Trace begin(Told told, long startMillis) {
    SpanContext parent = TraceParents.read(told);
    Context context = parent.isValid() ? Context.root().with(Span.wrap(parent)) : Context.root();
    Span span =
        tracer
            .spanBuilder("request")
            .setParent(context)
            .setSpanKind(SpanKind.SERVER)
            .setStartTimestamp(startMillis, TimeUnit.MILLISECONDS)
            .startSpan();
    return new Running(span, startMillis);
  }

  private final class Running implements Trace {
    private final Span span;
    private final long startNanos;

    Running(Span span, long startMillis) {
      this.span = span;
      this.startNanos = TimeUnit.MILLISECONDS.toNanos(startMillis);
    }

    @Override
    public String traceparent() {
      return TraceParents.write(span.getSpanContext());
    }

    @Override
    public void end(Ended ended) {
      if (span.isRecording()) {
        describe(ended);
        if (ended.integrationFrom() >= 0) {
          integration(ended);
        }
      }
      span.end(startNanos + ended.nanos(), TimeUnit.NANOSECONDS);
    }

    private void describe(Ended ended) {
      span.updateName(ended.name());
      if (ended.method() != null) {
        span.setAttribute(METHOD, ended.method());
      }
      if (ended.route() != null) {
        span.setAttribute(ROUTE, ended.route());
      }
      span.setAttribute(API, ended.apiId());
      span.setAttribute(STAGE, ended.stage());
      span.setAttribute(REQUEST, ended.requestId());
      if (ended.status() > 0) {
        span.setAttribute(STATUS, (long) ended.status());
      }
      if (ended.error() != null) {
        span.setAttribute(ERROR, ended.error());
      }
      if (ended.status() >= 500) {
        span.setStatus(StatusCode.ERROR);
      }
    }

    private void integration(Ended ended) {
      long from = startNanos + ended.integrationFrom();
      tracer
          .spanBuilder("integration")
          .setParent(Context.root().with(span))
          .setSpanKind(SpanKind.CLIENT)
          .setStartTimestamp(from, TimeUnit.NANOSECONDS)
          .startSpan()
          .end(from + Math.max(0, ended.integrationNanos()), TimeUnit.NANOSECONDS);
    }
  }

  /** Sends what waits, for a few seconds at most, and stops. */
  @Override
  public void close() {
    provider.shutdown().join(5, TimeUnit.SECONDS);
  }
}
