package dev.gatehouse.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/**
 * Traffic as AWS counts it: the metrics of {@code AWS/ApiGateway} with the dimensions {@code ApiId}
 * and {@code Stage}, {@code Count} for HTTP APIs, {@code ConnectCount} and {@code MessageCount} for
 * WebSocket APIs [C]. Kept for 455 days.
 */
record CloudWatchTraffic(Session session, InstantSource clock) implements Traffic {
  private static final Duration KEPT = Duration.ofDays(455);
  private static final int DAY_SECONDS = 86_400;

  @Override
  public OptionalLong since(Instant then, Api api, String stage) {
    Instant now = clock.instant();
    if (then.isBefore(now.minus(KEPT))) {
      return OptionalLong.empty();
    }
    List<String> metrics =
        api.isWebSocket() ? List.of("ConnectCount", "MessageCount") : List.of("Count");
    return OptionalLong.of(
        metrics.stream().mapToLong(metric -> sum(metric, then, now, api, stage)).sum());
  }

  private long sum(String metric, Instant from, Instant to, Api api, String stage) {
    GetMetricStatisticsRequest request =
        GetMetricStatisticsRequest.builder()
            .namespace("AWS/ApiGateway")
            .metricName(metric)
            .dimensions(dimension("ApiId", api.id()), dimension("Stage", stage))
            .startTime(from)
            .endTime(to)
            .period(DAY_SECONDS)
            .statistics(Statistic.SUM)
            .build();
    return session
        .run(
            "read the traffic of the stage " + stage + " of the API " + api.id(),
            () -> session.clients().metrics().getMetricStatistics(request))
        .datapoints()
        .stream()
        .mapToLong(CloudWatchTraffic::count)
        .sum();
  }

  private static long count(Datapoint point) {
    return point.sum() == null ? 0 : Math.round(point.sum());
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }
}
