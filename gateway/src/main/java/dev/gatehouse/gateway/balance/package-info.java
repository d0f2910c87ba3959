/**
 * Upstreams behind names that AWS resolves and this machine cannot: listeners of load balancers,
 * Cloud Map services, internal hosts. Which of several gets a request, and which of them are well.
 *
 * <p>Start reading at {@link dev.gatehouse.gateway.balance.Targets}, then {@link
 * dev.gatehouse.gateway.balance.Target}, which a request asks. Data plane: no blocking, no locks,
 * no allocation to choose; every event loop reads the same few counters.
 */
@NullMarked
package dev.gatehouse.gateway.balance;

import org.jspecify.annotations.NullMarked;
