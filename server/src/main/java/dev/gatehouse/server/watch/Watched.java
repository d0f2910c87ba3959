package dev.gatehouse.server.watch;

import dev.gatehouse.gateway.Gateway;
import dev.gatehouse.logs.LogStore;
import java.time.Instant;

/**
 * What is watched.
 *
 * @param started when the server was
 */
public record Watched(Gateway gateway, LogStore logs, String version, Instant started) {}
