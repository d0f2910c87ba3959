package dev.gatehouse.server.watch;

import dev.gatehouse.gateway.meter.GatewayReading;
import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import dev.gatehouse.wire.http.HttpService;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code GET /_gatehouse/metrics}: everything that is counted, as Prometheus reads it. */
public record Metrics(Watched watched) implements HttpService {
  /** Where metrics are. */
  public static final String PATH = "/_gatehouse/metrics";

  @Override
  public HttpReply handle(HttpCall call) throws IOException {
    if (!call.method().equals("GET")) {
      return HttpReply.json(405, "{\"message\":\"Metrics are read with GET.\"}");
    }
    String accepted = call.headers().first("Accept").orElse("");
    ExpositionFormatWriter writer =
        accepted.contains("application/openmetrics-text")
            ? OpenMetricsTextFormatWriter.create()
            : PrometheusTextFormatWriter.create();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    writer.write(text, snapshots());
    return new HttpReply(
        200,
        Headers.of("Content-Type", writer.getContentType()),
        new HttpReply.Bytes(text.toByteArray()));
  }

  private MetricSnapshots snapshots() {
    List<MetricSnapshot> all = new ArrayList<>();
    GatewayReading reading = watched.gateway().read();
    all.addAll(TrafficFigures.of(reading));
    all.addAll(OwnFigures.of(watched, reading));
    all.addAll(JvmFigures.read());
    return new MetricSnapshots(all);
  }
}
