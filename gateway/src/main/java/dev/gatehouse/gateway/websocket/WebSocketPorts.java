package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.net.ByteBudget;
import dev.gatehouse.gateway.net.Worker;
import dev.gatehouse.gateway.spi.AccessLog;
import dev.gatehouse.gateway.spi.ApiKeyGuard;
import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.gateway.spi.PolicyReader;
import dev.gatehouse.gateway.spi.Tracing;
import dev.gatehouse.gateway.throttle.AccountThrottle;
import dev.gatehouse.gateway.upstream.Upstreams;
import dev.gatehouse.identity.Callers;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What WebSocket APIs work with.
 *
 * @param functions runs the functions of integrations and authorizers
 * @param policies reads the policies of authorizers
 * @param callers tells who signed requests, and what they may do
 * @param keys says what API keys open
 * @param log takes the lines of access logs
 * @param tracing takes the spans of events; null where none are made
 * @param nanos nanoseconds of any origin, never going back
 * @param budget grants what messages are held in
 * @param account the buckets of whole accounts
 * @param upstreams the connections of an event loop to backends
 */
public record WebSocketPorts(
    FunctionInvoker functions,
    PolicyReader policies,
    Callers callers,
    ApiKeyGuard keys,
    AccessLog log,
    @Nullable Tracing tracing,
    LongSupplier nanos,
    ByteBudget budget,
    AccountThrottle account,
    Function<Worker, Upstreams> upstreams) {}
