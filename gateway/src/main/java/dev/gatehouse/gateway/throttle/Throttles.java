package dev.gatehouse.gateway.throttle;

import dev.gatehouse.model.RouteSettings;
import dev.gatehouse.model.Stage;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The token buckets of a stage: one for each route, shared by all clients; the stage's default
 * settings hold for each route separately (http-api.md 10.1 [L]). A bucket is made when its route
 * is first asked for, so that what no one calls costs nothing.
 *
 * <p>A route's settings go before the stage's, member by member. Where only one of rate and burst
 * is set, the other is AWS's default for an account; where neither is, nothing is limited, as an
 * account's own limits are off [U].
 */
public final class Throttles {
  private static final double ACCOUNT_RATE = 10_000;
  private static final int ACCOUNT_BURST = 5_000;
  private static final RouteSettings UNSET = new RouteSettings(null, null, null, null, null);

  private final @Nullable Limit each;
  private final Map<String, Limit> byRoute;
  private final ConcurrentHashMap<String, TokenBucket> buckets;

  private Throttles(
      @Nullable Limit each,
      Map<String, Limit> byRoute,
      ConcurrentHashMap<String, TokenBucket> buckets) {
    this.each = each;
    this.byRoute = byRoute;
    this.buckets = buckets;
  }

  /**
   * The buckets for a stage's settings. Those of routes whose limit stays as it was are taken over
   * as they are: a change of something else fills no bucket.
   *
   * @param before what the stage has now; null where it is new
   */
  public static Throttles of(Stage stage, @Nullable Throttles before) {
    RouteSettings settings = stage.defaultRouteSettings();
    Limit each = limit(settings, UNSET);
    Map<String, Limit> byRoute = new HashMap<>();
    stage
        .routeSettings()
        .forEach((key, own) -> {
          Limit limit = limit(own, settings);
          if (limit != null && !limit.equals(each)) {
            byRoute.put(key, limit);
          }
        });
    ConcurrentHashMap<String, TokenBucket> buckets = new ConcurrentHashMap<>();
    Throttles throttles = new Throttles(each, Map.copyOf(byRoute), buckets);
    return before == null ? throttles : throttles.takingOver(before);
  }

  private static @Nullable Limit limit(RouteSettings own, RouteSettings stage) {
    Double rate = or(own.throttlingRateLimit(), stage.throttlingRateLimit());
    Integer burst = or(own.throttlingBurstLimit(), stage.throttlingBurstLimit());
    if (rate == null && burst == null) {
      return null;
    }
    return new Limit(rate == null ? ACCOUNT_RATE : rate, burst == null ? ACCOUNT_BURST : burst);
  }

  private static <T> @Nullable T or(@Nullable T own, @Nullable T stage) {
    return own == null ? stage : own;
  }

  /** With the same limits the very same map, so that no token taken meanwhile is lost. */
  private Throttles takingOver(Throttles before) {
    if (Objects.equals(each, before.each) && byRoute.equals(before.byRoute)) {
      return before;
    }
    before.buckets.forEach((key, bucket) -> {
      if (bucket.limit().equals(limit(key))) {
        buckets.put(key, bucket);
      }
    });
    return this;
  }

  /** What a route lets through; null where nothing limits it. */
  public @Nullable Limit limit(String routeKey) {
    Limit own = byRoute.get(routeKey);
    return own == null ? each : own;
  }

  /**
   * Whether a request to a route may go on.
   *
   * @param now nanoseconds of any origin, never going back
   */
  public boolean admits(String routeKey, long now) {
    TokenBucket bucket = buckets.get(routeKey);
    if (bucket != null) {
      return bucket.take(now);
    }
    Limit limit = limit(routeKey);
    return limit == null
        || buckets.computeIfAbsent(routeKey, key -> new TokenBucket(limit, now)).take(now);
  }

  /** Forgets the buckets of routes that are gone. */
  public void retain(Set<String> routeKeys) {
    buckets.keySet().retainAll(routeKeys);
  }

  /** Forgets the bucket of a route that is gone. */
  public void forget(String routeKey) {
    buckets.remove(routeKey);
  }
}
