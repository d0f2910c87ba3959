package dev.gatehouse.gateway;

import dev.gatehouse.gateway.spi.AccessLog;
import dev.gatehouse.gateway.spi.ApiKeyGuard;
import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.gateway.spi.PolicyReader;
import dev.gatehouse.gateway.spi.ServerCertificates;
import dev.gatehouse.gateway.spi.Tracing;
import dev.gatehouse.identity.Callers;
import dev.gatehouse.wire.http.HttpService;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the data plane asks of what is around it.
 *
 * @param clock the time of day
 * @param nanos nanoseconds of any origin, never going back, for rates and durations
 * @param functions runs the functions of Lambda integrations and authorizers
 * @param callers tells who signed requests, and what they may do
 * @param policies reads the policies of Lambda authorizers
 * @param issuers where issuers of tokens are found that cannot be reached under their own name;
 *     only those may speak plain HTTP
 * @param keys says what API keys open
 * @param log takes the lines of access logs
 * @param tracing takes the spans of requests; null where none are made
 * @param certificates what the listener speaks TLS with; null where it speaks clear text only
 * @param other answers what is not for an API
 */
public record GatewayPorts(
    InstantSource clock,
    LongSupplier nanos,
    FunctionInvoker functions,
    Callers callers,
    PolicyReader policies,
    Map<String, URI> issuers,
    ApiKeyGuard keys,
    AccessLog log,
    @Nullable Tracing tracing,
    @Nullable ServerCertificates certificates,
    HttpService other) {}
