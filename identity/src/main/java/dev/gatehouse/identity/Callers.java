package dev.gatehouse.identity;

/** Who signed a request to an API, and what they may do. */
public record Callers(SignedRequests signatures, Permissions permissions) {}
