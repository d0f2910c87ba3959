package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.throttle.Limit;
import dev.gatehouse.gateway.throttle.TokenBucket;
import dev.gatehouse.model.Scope;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** How many new connections a second each account and region may have (websocket-api.md 8 [C]). */
final class ConnectionRate {
  private final int perSecond;
  private final LongSupplier nanos;
  private final ConcurrentHashMap<Scope, TokenBucket> buckets = new ConcurrentHashMap<>();

  /**
   * @param perSecond 0 for any number
   */
  ConnectionRate(int perSecond, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.nanos = nanos;
  }

  boolean admits(Scope scope) {
    if (perSecond == 0) {
      return true;
    }
    long now = nanos.getAsLong();
    return buckets
        .computeIfAbsent(scope, any -> new TokenBucket(new Limit(perSecond, perSecond), now))
        .take(now);
  }
}
