package dev.gatehouse.server.watch;

import dev.gatehouse.gateway.meter.Count;
import dev.gatehouse.gateway.meter.GatewayReading;
import dev.gatehouse.gateway.meter.Latency;
import dev.gatehouse.gateway.meter.Reading;
import dev.gatehouse.gateway.meter.StageReading;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The metrics of API Gateway (http-api.md 11.2 [C]) and what is counted beside them, by API and
 * stage, and by route where detailed metrics are on. A stage has at most a thousand routes of its
 * own here; the others are one.
 */
final class TrafficFigures {
  private static final double NANOS = 1e9;

  /**
   * A number that is counted.
   *
   * @param name of the metric, behind {@code gatehouse_} or {@code gatehouse_route_}
   */
  private record Counted(String name, String help, Count what) {}

  private static final List<Counted> COUNTED =
      List.of(
          new Counted("client_errors", "Answers with 4xx.", Count.CLIENT_ERRORS),
          new Counted("server_errors", "Answers with 5xx.", Count.SERVER_ERRORS),
          new Counted("throttled", "Requests answered with 429.", Count.THROTTLED),
          new Counted("clients_gone", "Requests whose client went away.", Count.GONE),
          new Counted(
              "data_processed_bytes", "Bytes of requests' and answers' bodies.", Count.BYTES));

  private static final List<Counted> OF_WEB_SOCKETS =
      List.of(
          new Counted("connects", "Calls of $connect integrations.", Count.CONNECTS),
          new Counted("messages", "Messages from and to clients.", Count.MESSAGES),
          new Counted(
              "integration_errors",
              "Answers of integrations with 4xx or 5xx.",
              Count.INTEGRATION_ERRORS),
          new Counted(
              "execution_errors",
              "Integrations that could not be called.",
              Count.EXECUTION_ERRORS));

  private static final Map<String, Count> RESULTS =
      new TreeMap<>(
          Map.of(
              "allowed", Count.AUTHORIZER_ALLOWED,
              "denied", Count.AUTHORIZER_DENIED,
              "failed", Count.AUTHORIZER_FAILED));

  private TrafficFigures() {}

  static List<MetricSnapshot> of(GatewayReading reading) {
    Map<Labels, Reading> stages = new TreeMap<>();
    Map<Labels, Reading> routes = new TreeMap<>();
    Map<Labels, Reading> socketStages = new TreeMap<>();
    Map<Labels, Reading> socketRoutes = new TreeMap<>();
    for (StageReading stage : reading.stages()) {
      stages.put(labels(stage), stage.whole());
      Map<Labels, Reading> own = new TreeMap<>();
      stage.detailed().forEach(key -> own.put(labels(stage).add("route", key), route(stage, key)));
      routes.putAll(own);
      if (stage.webSocket()) {
        socketStages.put(labels(stage), stage.whole());
        socketRoutes.putAll(own);
      }
    }
    List<MetricSnapshot> all = new ArrayList<>();
    add(all, "gatehouse_", stages);
    add(all, "gatehouse_route_", routes);
    OF_WEB_SOCKETS.forEach(counted -> {
      all.add(counter("gatehouse_", counted, socketStages));
      all.add(counter("gatehouse_route_", counted, socketRoutes));
    });
    all.add(
        Figures.counter(
            "gatehouse_unmatched_requests",
            "Requests that were for no stage.",
            (double) reading.unmatched().requests()));
    return all;
  }

  private static Reading route(StageReading stage, String key) {
    return stage.routes().getOrDefault(key, Reading.zero());
  }

  private static Labels labels(StageReading stage) {
    return Labels.of("api", stage.apiId(), "stage", stage.stage());
  }

  private static void add(List<MetricSnapshot> all, String prefix, Map<Labels, Reading> readings) {
    CounterSnapshot.Builder requests =
        CounterSnapshot.builder().name(prefix + "requests").help("Requests that are over.");
    readings.forEach((labels, reading) ->
        requests.dataPoint(Figures.count((double) reading.requests(), labels)));
    all.add(requests.build());
    COUNTED.forEach(counted -> all.add(counter(prefix, counted, readings)));
    all.add(authorizers(prefix, readings));
    HistogramSnapshot.Builder latency =
        HistogramSnapshot.builder()
            .name(prefix + "latency_seconds")
            .help("From a request's head to the end of its answer.");
    HistogramSnapshot.Builder integration =
        HistogramSnapshot.builder()
            .name(prefix + "integration_latency_seconds")
            .help("From the call of an integration to its answer.");
    readings.forEach((labels, reading) -> {
      latency.dataPoint(histogram(labels, reading.latencies(), reading.of(Count.LATENCY)));
      integration.dataPoint(
          histogram(labels, reading.integrationLatencies(), reading.of(Count.INTEGRATION_LATENCY)));
    });
    all.add(latency.build());
    all.add(integration.build());
  }

  private static MetricSnapshot counter(
      String prefix, Counted counted, Map<Labels, Reading> readings) {
    CounterSnapshot.Builder counter =
        CounterSnapshot.builder().name(prefix + counted.name()).help(counted.help());
    readings.forEach((labels, reading) ->
        counter.dataPoint(Figures.count((double) reading.of(counted.what()), labels)));
    return counter.build();
  }

  private static MetricSnapshot authorizers(String prefix, Map<Labels, Reading> readings) {
    CounterSnapshot.Builder results =
        CounterSnapshot.builder()
            .name(prefix + "authorizer_results")
            .help("What authorizers decided, cached decisions included.");
    readings.forEach((labels, reading) ->
        RESULTS.forEach((word, what) ->
            results.dataPoint(
                Figures.count((double) reading.of(what), labels.add("result", word)))));
    return results.build();
  }

  private static HistogramDataPointSnapshot histogram(Labels labels, long[] counts, long nanos) {
    List<Number> inBuckets = new ArrayList<>();
    for (long count : counts) {
      inBuckets.add(count);
    }
    return HistogramDataPointSnapshot.builder()
        .labels(labels)
        .classicHistogramBuckets(ClassicHistogramBuckets.of(Latency.bounds(), inBuckets))
        .sum(nanos / NANOS)
        .build();
  }
}
