package dev.gatehouse.gateway.meter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.RouteSettings;
import dev.gatehouse.model.Scope;
import dev.gatehouse.model.Stage;
import dev.gatehouse.wire.Json;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StageMetersTest {
  private static final Scope SCOPE = new Scope("123456789012", "us-east-1");

  private record Took(long nanos, long integrationNanos, long bytes) implements Meter.Spent {
    static Took millis(long millis) {
      return new Took(TimeUnit.MILLISECONDS.toNanos(millis), -1, 10);
    }
  }

  private static Stage stage(String settings) {
    return Json.mapper()
        .readValue(
            """
            {"stageName":"s","createdDate":"2026-01-01T00:00:00Z",
             "lastUpdatedDate":"2026-01-01T00:00:00Z","stageVariables":{},"tags":{},%s}\
            """
                .formatted(settings),
            Stage.class);
  }

  private static final String PLAIN = "\"defaultRouteSettings\":{},\"routeSettings\":{}";

  @Test
  void everyLoopCountsForItselfAndTheSumIsExact() throws Exception {
    Meter meter = new Meter();
    List<Thread> loops =
        IntStream.range(0, 4)
            .mapToObj(loop ->
                Thread.ofPlatform()
                    .start(() -> {
                      for (int i = 0; i < 100_000; i++) {
                        meter.answered(loop, i % 2 == 0 ? 200 : 404, false, Took.millis(3));
                      }
                    }))
            .toList();
    for (Thread loop : loops) {
      loop.join();
    }
    Reading reading = meter.read();
    assertThat(reading.requests()).isEqualTo(400_000);
    assertThat(reading.of(Count.CLIENT_ERRORS)).isEqualTo(200_000);
    assertThat(reading.of(Count.BYTES)).isEqualTo(4_000_000);
    assertThat(reading.of(Count.LATENCY)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1_200_000));
  }

  @Test
  void latenciesFallIntoTheBucketThatEndsWithThem() {
    Meter meter = new Meter();
    for (long millis : new long[] {1, 2, 3, 30_000, 40_000}) {
      meter.answered(0, 200, false, Took.millis(millis));
    }
    long[] latencies = meter.read().latencies();
    assertThat(latencies).hasSize(Latency.bounds().size());
    assertThat(latencies[0]).isEqualTo(1);
    assertThat(latencies[1]).isEqualTo(1);
    assertThat(latencies[2]).isEqualTo(1);
    assertThat(latencies[latencies.length - 2]).isEqualTo(1);
    assertThat(latencies[latencies.length - 1]).isEqualTo(1);
    assertThat(meter.read().integrationLatencies()).containsOnly(0);
  }

  @Test
  void countsGoOnWhenTheStageChangesAndDetailsFollowItsSettings() {
    StageMeters before = StageMeters.of(stage(PLAIN), null);
    before.whole().answered(0, 200, false, Took.millis(1));
    before.route("GET /x").answered(0, 200, false, Took.millis(1));
    before.route("GET /y").answered(0, 200, false, Took.millis(1));
    assertThat(before.read(SCOPE, "a", "s").detailed()).isEmpty();
    StageMeters after =
        StageMeters.of(
            stage(
                "\"defaultRouteSettings\":{\"detailedMetricsEnabled\":true},"
                    + "\"routeSettings\":{\"GET /y\":{\"detailedMetricsEnabled\":false}}"),
            before);
    StageReading reading = after.read(SCOPE, "a", "s");
    assertThat(reading.whole().requests()).isEqualTo(1);
    assertThat(reading.routes().get("GET /x").requests()).isEqualTo(1);
    assertThat(reading.detailed()).containsExactly("GET /x");
  }

  @Test
  void routesBeyondTheBoundShareAMeter() {
    StageMeters meters = StageMeters.of(stage(PLAIN), null);
    for (int i = 0; i < StageMeters.MOST + 500; i++) {
      meters.route("GET /" + i).answered(0, 200, false, Took.millis(1));
    }
    StageReading reading = meters.read(SCOPE, "a", "s");
    assertThat(reading.routes()).hasSize(StageMeters.MOST + 1);
    assertThat(reading.routes().get(StageMeters.OTHERS).requests()).isEqualTo(500);
  }

  @Test
  void routeSettingsWithoutAWordOfMetricsLeaveTheStages() {
    RouteSettings quiet = new RouteSettings(null, null, null, 1, 1.0);
    assertThat(quiet.detailedMetricsEnabled()).isNull();
    StageMeters meters =
        StageMeters.of(
            stage(
                "\"defaultRouteSettings\":{\"detailedMetricsEnabled\":true},"
                    + "\"routeSettings\":{\"GET /x\":{\"throttlingBurstLimit\":1}}"),
            null);
    assertThat(meters.isDetailed("GET /x")).isTrue();
  }
}
