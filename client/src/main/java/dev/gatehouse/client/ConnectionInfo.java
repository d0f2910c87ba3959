package dev.gatehouse.client;

import java.time.Instant;

/** A client that is connected. */
public record ConnectionInfo(
    String id, Instant connected, Instant lastActive, String sourceIp, String userAgent) {}
