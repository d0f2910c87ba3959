package dev.gatehouse.server.otlp;

import dev.gatehouse.gateway.Gateway;
import dev.gatehouse.gateway.meter.Count;
import dev.gatehouse.gateway.meter.Reading;
import dev.gatehouse.gateway.meter.StageReading;
import dev.gatehouse.server.config.OtlpSettings;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The counts of stages, sent every so often. Latencies go as sums; their distributions are told to
 * Prometheus only.
 */
public final class PushedMetrics implements AutoCloseable {
  private static final AttributeKey<String> API = AttributeKey.stringKey("api");
  private static final AttributeKey<String> STAGE = AttributeKey.stringKey("stage");

  private final SdkMeterProvider provider;

  /** Sends to a receiver. */
  public PushedMetrics(OtlpSettings settings, Duration every, Resource resource, Gateway gateway) {
    OtlpHttpMetricExporterBuilder exporter =
        OtlpHttpMetricExporter.builder().setEndpoint(settings.url("metrics"));
    settings.headers().forEach(exporter::addHeader);
    this.provider =
        SdkMeterProvider.builder()
            .setResource(resource)
            .registerMetricReader(
                PeriodicMetricReader.builder(exporter.build()).setInterval(every).build())
            .build();
    Meter meter = provider.get("dev.gatehouse.gateway");
    add(meter, gateway, "gatehouse.requests", "{request}", Reading::requests, any -> true);
    add(meter, gateway, "gatehouse.client_errors", "{request}", Count.CLIENT_ERRORS);
    add(meter, gateway, "gatehouse.server_errors", "{request}", Count.SERVER_ERRORS);
    add(meter, gateway, "gatehouse.throttled", "{request}", Count.THROTTLED);
    add(meter, gateway, "gatehouse.data_processed", "By", Count.BYTES);
    add(meter, gateway, "gatehouse.latency", "ns", Count.LATENCY);
    add(meter, gateway, "gatehouse.integration_latency", "ns", Count.INTEGRATION_LATENCY);
    addOfWebSockets(meter, gateway, "gatehouse.connects", "{event}", Count.CONNECTS);
    addOfWebSockets(meter, gateway, "gatehouse.messages", "{message}", Count.MESSAGES);
    addOfWebSockets(
        meter, gateway, "gatehouse.integration_errors", "{event}", Count.INTEGRATION_ERRORS);
    addOfWebSockets(
        meter, gateway, "gatehouse.execution_errors", "{event}", Count.EXECUTION_ERRORS);
  }

  private static void addOfWebSockets(
      Meter meter, Gateway gateway, String name, String unit, Count what) {
    add(meter, gateway, name, unit, reading -> reading.of(what), StageReading::webSocket);
  }

  private static void add(Meter meter, Gateway gateway, String name, String unit, Count what) {
    add(meter, gateway, name, unit, reading -> reading.of(what), any -> true);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // observed until the provider is shut down
  private static void add(
      Meter meter,
      Gateway gateway,
      String name,
      String unit,
      ToLongFunction<Reading> value,
      Predicate<StageReading> counts) {
    var observed =
        meter
            .counterBuilder(name)
            .setUnit(unit)
            .buildWithCallback(measurement -> {
              for (StageReading stage : gateway.read().stages()) {
                if (counts.test(stage)) {
                  measurement.record(
                      value.applyAsLong(stage.whole()),
                      Attributes.of(API, stage.apiId(), STAGE, stage.stage()));
                }
              }
            });
    assert observed != null;
  }

  /** Sends the last counts, and stops. */
  @Override
  public void close() {
    provider.shutdown().join(5, TimeUnit.SECONDS);
  }
}
