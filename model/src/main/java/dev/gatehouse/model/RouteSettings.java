package dev.gatehouse.model;

import org.jspecify.annotations.Nullable;

/**
 * Settings of a stage for all its routes or for one.
 *
 * @param throttlingBurstLimit requests
 * @param throttlingRateLimit requests a second
 */
public record RouteSettings(
    @Nullable Boolean dataTraceEnabled,
    @Nullable Boolean detailedMetricsEnabled,
    @Nullable String loggingLevel,
    @Nullable Integer throttlingBurstLimit,
    @Nullable Double throttlingRateLimit) {}
