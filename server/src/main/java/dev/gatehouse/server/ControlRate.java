package dev.gatehouse.server;

import dev.gatehouse.gateway.throttle.Limit;
import dev.gatehouse.gateway.throttle.TokenBucket;
import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.CallerService;
import dev.gatehouse.model.Scope;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Control calls of an account and region, a few a second (control-plane.md section 1 [C]). */
final class ControlRate implements CallerService {
  private final CallerService control;
  private final Limit limit;
  private final LongSupplier nanos;
  private final ConcurrentHashMap<Scope, TokenBucket> buckets = new ConcurrentHashMap<>();

  ControlRate(CallerService control, Limit limit, LongSupplier nanos) {
    this.control = control;
    this.limit = limit;
    this.nanos = nanos;
  }

  @Override
  public HttpReply handle(Caller caller, HttpCall call) throws IOException {
    long now = nanos.getAsLong();
    TokenBucket bucket =
        buckets.computeIfAbsent(caller.scope(), made -> new TokenBucket(limit, now));
    return bucket.take(now)
        ? control.handle(caller, call)
        : Errors.reply(429, "TooManyRequestsException", "Too Many Requests");
  }
}
