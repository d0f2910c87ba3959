package dev.gatehouse.model;

import org.jspecify.annotations.Nullable;

/**
 * What one route of an HTTP API does beyond AWS. It stands in the route's row beside AWS's members;
 * AWS's calls neither show nor set it.
 *
 * @param apiKeyRequired whether a request must bring an API key, as {@code $connect} of a WebSocket
 *     API can demand one
 */
public record RouteExtensions(@Nullable Boolean apiKeyRequired) {}
