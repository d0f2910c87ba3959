package dev.gatehouse.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which stages the keys of a plan open, and how much each key may use (control-plane.md section
 * 14).
 *
 * @param throttle of each key, over all stages of the plan; null where there is none
 * @param quota of each key, over all stages of the plan; null where there is none
 */
public record UsagePlan(
    String id,
    @Nullable List<PlanStage> apiStages,
    @Nullable Throttle throttle,
    @Nullable Quota quota) {

  /**
   * A stage that the plan opens.
   *
   * @param throttle of each key by route key
   */
  public record PlanStage(String apiId, String stage, @Nullable Map<String, Throttle> throttle) {}

  /** Requests a second, and at once. */
  public record Throttle(@Nullable Double rateLimit, @Nullable Integer burstLimit) {}

  /**
   * Requests in a period.
   *
   * @param offset the day on which a week or a month begins; 0 is Sunday, or the first
   */
  public record Quota(int limit, @Nullable Integer offset, String period) {}

  /** The stages; none where none is said. */
  public List<PlanStage> stages() {
    return apiStages == null ? List.of() : apiStages;
  }
}
