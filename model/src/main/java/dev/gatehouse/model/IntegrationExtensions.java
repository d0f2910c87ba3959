package dev.gatehouse.model;

import org.jspecify.annotations.Nullable;

/**
 * What one integration does beyond AWS. It stands in the integration's row beside AWS's members, so
 * that it is deployed, compared and deleted with them, but AWS's calls neither show nor set it.
 *
 * @param streaming whether its answers are streamed without AWS's limits of size and time
 * @param timeoutInMillis goes before AWS's member, which is at most 30 s
 * @param webSocket whether a client's WebSocket connections are passed through
 */
public record IntegrationExtensions(
    @Nullable Boolean streaming, @Nullable Integer timeoutInMillis, @Nullable Boolean webSocket) {
  private static final IntegrationExtensions NONE = new IntegrationExtensions(null, null, null);

  /** What is set, as far as the operator has switched it on. */
  public static IntegrationExtensions of(Integration integration, Extensions on) {
    IntegrationExtensions set = integration.extensions();
    if (set == null) {
      return NONE;
    }
    Integer timeout = on.longTimeouts() ? set.timeoutInMillis : null;
    return new IntegrationExtensions(
        on.streaming() ? set.streaming : null,
        timeout == null ? null : Math.min(timeout, on.longestTimeoutMillis()),
        on.webSocket() ? set.webSocket : null);
  }

  /** Whether answers are streamed. */
  public boolean streams() {
    return Boolean.TRUE.equals(streaming);
  }

  /** Whether WebSocket connections are passed through. */
  public boolean passesWebSockets() {
    return Boolean.TRUE.equals(webSocket);
  }
}
