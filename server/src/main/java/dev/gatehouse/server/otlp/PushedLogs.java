package dev.gatehouse.server.otlp;

import dev.gatehouse.logs.LogName;
import dev.gatehouse.logs.LogSink;
import dev.gatehouse.server.config.OtlpSettings;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporterBuilder;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Events of logs as OTLP's log records, sent in batches; what a bounded queue cannot hold is lost.
 */
public final class PushedLogs implements LogSink, AutoCloseable {
  private static final AttributeKey<String> GROUP = AttributeKey.stringKey("aws.log.group.names");
  private static final int QUEUED = 16_384;

  private final SdkLoggerProvider provider;
  private final Logger logger;

  /** Sends to a receiver. */
  public PushedLogs(OtlpSettings settings, Resource resource) {
    OtlpHttpLogRecordExporterBuilder exporter =
        OtlpHttpLogRecordExporter.builder().setEndpoint(settings.url("logs"));
    settings.headers().forEach(exporter::addHeader);
    this.provider =
        SdkLoggerProvider.builder()
            .setResource(resource)
            .addLogRecordProcessor(
                BatchLogRecordProcessor.builder(exporter.build())
                    .setMaxQueueSize(QUEUED)
                    .setScheduleDelay(Duration.ofSeconds(1))
                    .build())
            .build();
    this.logger = provider.get("dev.gatehouse.access-log");
  }

  @Override
  public boolean write(LogName name, long millis, String message) {
    logger
        .logRecordBuilder()
        .setTimestamp(millis, TimeUnit.MILLISECONDS)
        .setAttribute(GROUP, name.group())
        .setBody(message)
        .emit();
    return true;
  }

  /** Sends what waits, for a few seconds at most, and stops. */
  @Override
  public void close() {
    provider.shutdown().join(5, TimeUnit.SECONDS);
  }
}
