package dev.gatehouse.client;

import java.time.Instant;

/** An API as it was at a time. */
public record Deployment(String apiId, String id, Instant created, boolean automatic) {}
