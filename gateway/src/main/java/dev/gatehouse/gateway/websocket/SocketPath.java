package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.route.RequestPath;
import org.jspecify.annotations.Nullable;

/**
 * The path of a request to a WebSocket API, decoded (websocket-api.md 1 [C]): {@code /{stage}} for
 * a connection, {@code /{stage}/@connections/{id}} for the management of one. Callers escape
 * {@code @} and {@code =} as they like.
 *
 * @param rest what follows the stage; empty where nothing but a slash does
 */
record SocketPath(String stage, String rest) {
  private static final String MANAGEMENT = "/@connections/";

  /** Reads a path; null where it cannot be decoded. */
  static @Nullable SocketPath of(SocketTarget target) {
    String path = RequestPath.decode(target.rawPath());
    if (path == null) {
      return null;
    }
    if (target.stageName() != null) {
      return new SocketPath(target.stageName(), path.equals("/") ? "" : path);
    }
    int slash = path.indexOf('/', 1);
    String stage = path.substring(1, slash < 0 ? path.length() : slash);
    String rest = slash < 0 || slash == path.length() - 1 ? "" : path.substring(slash);
    return new SocketPath(stage, rest);
  }

  boolean managesConnections() {
    return rest.startsWith(MANAGEMENT);
  }

  /** The id of the connection that is to be managed. */
  String connectionId() {
    return rest.substring(MANAGEMENT.length());
  }
}
