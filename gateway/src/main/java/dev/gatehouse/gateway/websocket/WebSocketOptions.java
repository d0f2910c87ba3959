package dev.gatehouse.gateway.websocket;

import java.time.Duration;

/**
 * The limits of WebSocket connections.
 *
 * @param frameBytes the longest frame, in either direction
 * @param messageBytes the longest message, in either direction
 * @param idle how long a connection may be silent
 * @param lifetime how long a connection may last
 * @param connectionsPerSecond how many new ones an account and region may have; 0 for any number
 * @param drain how long it takes to close all connections when the gateway stops
 */
public record WebSocketOptions(
    int frameBytes,
    int messageBytes,
    Duration idle,
    Duration lifetime,
    int connectionsPerSecond,
    Duration drain) {

  /** AWS's (websocket-api.md 7 [C]), without the quota of new connections, as all of rates. */
  public static final WebSocketOptions USUAL =
      new WebSocketOptions(
          32 * 1024,
          128 * 1024,
          Duration.ofMinutes(10),
          Duration.ofHours(2),
          0,
          Duration.ofSeconds(5));
}
