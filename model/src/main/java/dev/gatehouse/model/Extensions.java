package dev.gatehouse.model;

/**
 * What goes beyond AWS and the operator has switched on. A resource that asks for what is off is
 * refused, or, where it asked before, treated as AWS treats it.
 *
 * @param streaming whether integrations may have their answers streamed without AWS's limits
 * @param longestTimeoutMillis the longest timeout that an integration may be given; AWS's is 30 s
 * @param webSocket whether integrations may pass WebSocket connections through
 * @param apiKeys whether routes of HTTP APIs may demand API keys
 * @param http2 whether the listener speaks HTTP/2, too, with WebSockets over it
 */
public record Extensions(
    boolean streaming,
    int longestTimeoutMillis,
    boolean webSocket,
    boolean apiKeys,
    boolean http2) {
  private static final int AWS_TIMEOUT_MILLIS = 30_000;

  /** Nothing beyond AWS. */
  public static final Extensions NONE = new Extensions(false, AWS_TIMEOUT_MILLIS, false);

  /** The same without API keys and HTTP/2. */
  public Extensions(boolean streaming, int longestTimeoutMillis, boolean webSocket) {
    this(streaming, longestTimeoutMillis, webSocket, false, false);
  }

  /** Whether integrations may be given timeouts that AWS does not know. */
  public boolean longTimeouts() {
    return longestTimeoutMillis > AWS_TIMEOUT_MILLIS;
  }
}
