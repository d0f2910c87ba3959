package dev.gatehouse.gateway.throttle;

import dev.gatehouse.model.Scope;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The token bucket of an account and region, which all its APIs share, WebSocket APIs and their
 * callbacks included (http-api.md 10.1, websocket-api.md 8 [C]). Off where there is no limit.
 */
public final class AccountThrottle {
  private final @Nullable Limit limit;
  private final ConcurrentHashMap<Scope, TokenBucket> buckets = new ConcurrentHashMap<>();

  /**
   * @param limit of each account and region; null for none
   */
  public AccountThrottle(@Nullable Limit limit) {
    this.limit = limit;
  }

  /**
   * Whether a request to an API of an account may go on.
   *
   * @param now nanoseconds of any origin, never going back
   */
  public boolean admits(Scope scope, long now) {
    if (limit == null) {
      return true;
    }
    TokenBucket bucket = buckets.get(scope);
    return bucket == null
        ? buckets.computeIfAbsent(scope, made -> new TokenBucket(limit, now)).take(now)
        : bucket.take(now);
  }
}
