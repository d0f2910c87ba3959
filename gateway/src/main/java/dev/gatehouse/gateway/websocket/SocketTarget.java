package dev.gatehouse.gateway.websocket;

import org.jspecify.annotations.Nullable;

/**
 * What a client asked of a WebSocket API, with the form of the address taken away.
 *
 * @param domainName the host as the client named it, with its port where that is not the default
 * @param rawPath as sent, never empty
 * @param rawQuery as sent, without the question mark; empty where there is none
 * @param stageName where the address names the stage outside the path; else null
 */
public record SocketTarget(
    String domainName, String rawPath, String rawQuery, @Nullable String stageName) {}
