package dev.gatehouse.conformance.client;

import dev.gatehouse.client.Finding;
import dev.gatehouse.client.Gateways;
import dev.gatehouse.client.Traffic;
import dev.gatehouse.client.Upkeep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Examples of {@link Upkeep}; {@link ExamplesIT} runs them. */
final class UpkeepExamples {
  private UpkeepExamples() {}

  static List<Finding> clean(Gateways gateways) {
    // @start region="clean"
    Upkeep upkeep = gateways.upkeep();
    List<Finding> unused = upkeep.findings();
    upkeep.clean(unused);
    // @end
    return unused;
  }

  static List<Finding> idle(Gateways gateways) {
    // @start region="idle"
    List<Finding> idle = gateways.upkeep().stagesWithoutTraffic(Duration.ofDays(90));
    // @end
    return idle;
  }

  static List<Finding> ownCounts(Gateways gateways, Map<String, Long> counts) {
    // @start region="ownCounts"
    Traffic counted =
        (since, api, stage) -> OptionalLong.of(counts.getOrDefault(api.id() + "/" + stage, 0L));
    List<Finding> idle = gateways.upkeep().stagesWithoutTraffic(Duration.ZERO, counted);
    // @end
    return idle;
  }
}
