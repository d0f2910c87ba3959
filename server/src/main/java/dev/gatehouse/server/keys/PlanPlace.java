package dev.gatehouse.server.keys;

import dev.gatehouse.control.usage.UsageCounter;
import dev.gatehouse.gateway.spi.ApiKeyGuard.KeyedStage;
import dev.gatehouse.gateway.throttle.Limit;
import dev.gatehouse.gateway.throttle.TokenBucket;
import dev.gatehouse.model.UsagePlan;
import dev.gatehouse.model.UsagePlan.PlanStage;
import dev.gatehouse.model.UsagePlan.Throttle;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key's place in a usage plan: its bucket over all stages of the plan, those of single routes,
 * and what it has used.
 *
 * @param all null where the plan does not limit the rate
 * @param byRoute by API, stage and route key
 */
record PlanPlace(
    UsagePlan plan,
    UsageCounter counter,
    @Nullable TokenBucket all,
    Map<RouteOfStage, TokenBucket> byRoute) {
  private static final double ACCOUNT_RATE = 10_000;
  private static final int ACCOUNT_BURST = 5_000;

  /** A route of a stage that the plan opens. */
  record RouteOfStage(String apiId, String stage, String routeKey) {}

  /** A place, with the buckets of the same place before where their limits are the same. */
  static PlanPlace of(
      UsagePlan plan, UsageCounter counter, @Nullable PlanPlace before, long nanos) {
    Map<RouteOfStage, TokenBucket> byRoute = new HashMap<>();
    for (PlanStage stage : plan.stages()) {
      if (stage.throttle() != null) {
        stage
            .throttle()
            .forEach((routeKey, throttle) -> {
              RouteOfStage route = new RouteOfStage(stage.apiId(), stage.stage(), routeKey);
              TokenBucket old = before == null ? null : before.byRoute().get(route);
              TokenBucket bucket = bucket(throttle, old, nanos);
              if (bucket != null) {
                byRoute.put(route, bucket);
              }
            });
      }
    }
    TokenBucket all = bucket(plan.throttle(), before == null ? null : before.all(), nanos);
    return new PlanPlace(plan, counter, all, Map.copyOf(byRoute));
  }

  private static @Nullable TokenBucket bucket(
      @Nullable Throttle throttle, @Nullable TokenBucket before, long nanos) {
    if (throttle == null || (throttle.rateLimit() == null && throttle.burstLimit() == null)) {
      return null;
    }
    Limit limit =
        new Limit(
            throttle.rateLimit() == null ? ACCOUNT_RATE : throttle.rateLimit(),
            throttle.burstLimit() == null ? ACCOUNT_BURST : throttle.burstLimit());
    return before != null && before.limit().equals(limit) ? before : new TokenBucket(limit, nanos);
  }

  boolean opens(KeyedStage stage) {
    for (PlanStage each : plan.stages()) {
      if (each.apiId().equals(stage.apiId()) && each.stage().equals(stage.stage())) {
        return true;
      }
    }
    return false;
  }

  /** Takes a token of each bucket, then one request of the quota. */
  boolean take(KeyedStage stage, String routeKey, long nanos, long day) {
    TokenBucket own =
        byRoute.isEmpty()
            ? null
            : byRoute.get(new RouteOfStage(stage.apiId(), stage.stage(), routeKey));
    return (own == null || own.take(nanos))
        && (all == null || all.take(nanos))
        && counter.take(plan.quota(), day);
  }
}
