package dev.gatehouse.server.watch;

import dev.gatehouse.gateway.meter.GatewayReading;
import dev.gatehouse.gateway.meter.LoopReading;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/** How the server's own parts are: connections, pools, event loops, logs. */
final class OwnFigures {
  private static final double NANOS = 1e9;

  private OwnFigures() {}

  static List<MetricSnapshot> of(Watched watched, GatewayReading reading) {
    return List.of(
        InfoSnapshot.builder()
            .name("gatehouse_build")
            .help("What runs.")
            .dataPoint(
                InfoSnapshot.InfoDataPointSnapshot.builder()
                    .labels(Labels.of("version", watched.version()))
                    .build())
            .build(),
        Figures.gauge("gatehouse_client_connections", "Connections of clients.", reading.clients()),
        Figures.gauge(
            "gatehouse_held_bytes",
            "Bytes of bodies that are granted to requests.",
            (double) reading.heldBytes()),
        upstreams(reading),
        Figures.gauge(
            "gatehouse_upstream_waiting",
            "Requests that wait for a connection to their backend.",
            reading.loops().stream().mapToInt(LoopReading::waiting).sum()),
        delays(reading),
        Figures.gauge(
            "gatehouse_log_queue_characters",
            "Log events that wait to be written.",
            (double) watched.logs().queued()),
        Figures.counter(
            "gatehouse_log_events_dropped",
            "Log events for which there was no room, or which a disk did not take.",
            (double) watched.logs().dropped()),
        Figures.counter(
            "gatehouse_spans_dropped",
            "Spans for which there was no room, or which the receiver did not take.",
            (double) reading.droppedSpans()));
  }

  private static MetricSnapshot upstreams(GatewayReading reading) {
    int idle = reading.loops().stream().mapToInt(LoopReading::upstreamIdle).sum();
    int open = reading.loops().stream().mapToInt(LoopReading::upstreamOpen).sum();
    return GaugeSnapshot.builder()
        .name("gatehouse_upstream_connections")
        .help("Connections to backends.")
        .dataPoint(Figures.point(idle, "state", "idle"))
        .dataPoint(Figures.point(open - idle, "state", "busy"))
        .build();
  }

  private static MetricSnapshot delays(GatewayReading reading) {
    GaugeSnapshot.Builder delays =
        GaugeSnapshot.builder()
            .name("gatehouse_event_loop_delay_seconds")
            .help("How long a task waited for its turn just now; +Inf where it got none.");
    for (LoopReading loop : reading.loops()) {
      double delay = loop.delayNanos() < 0 ? Double.POSITIVE_INFINITY : loop.delayNanos() / NANOS;
      delays.dataPoint(Figures.point(delay, "loop", Integer.toString(loop.loop())));
    }
    return delays.build();
  }
}
