package dev.gatehouse.gateway;

import dev.gatehouse.gateway.meter.Meter;
import dev.gatehouse.gateway.net.ByteBudget;
import dev.gatehouse.gateway.net.Worker;
import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.gateway.throttle.AccountThrottle;
import dev.gatehouse.gateway.upstream.Upstreams;
import java.util.IdentityHashMap;
import java.util.Objects;

/**
 * What integrations work with.
 *
 * @param account the buckets of whole accounts
 * @param unmatched counts requests that are for no stage
 */
record Services(
    GatewayPorts ports,
    Authorization authorization,
    ByteBudget budget,
    IdentityHashMap<Worker, Upstreams> upstreams,
    IdentityHashMap<Worker, RecentRequests> recent,
    Meter unmatched,
    AccountThrottle account) {

  /** Where requests of an event loop go when they are over. */
  RecentRequests recent(Worker worker) {
    return Objects.requireNonNull(recent.get(worker));
  }

  FunctionInvoker functions() {
    return ports.functions();
  }

  Upstreams upstreams(Worker worker) {
    return Objects.requireNonNull(upstreams.get(worker));
  }
}
