package dev.gatehouse.gateway;

import dev.gatehouse.gateway.upstream.UpstreamConnection;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a request's body on their way to a backend: held until there is a connection, and
 * copied (not their bytes) while the request may have to be sent again.
 */
final class RequestParts {
  private static final long HELD_BYTES = 64 * 1024;
  private static final long KEPT_BYTES = 64 * 1024;
  private static final Set<HttpMethod> IDEMPOTENT =
      Set.of(
          HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE);

  private final Queue<HttpContent> held = new ArrayDeque<>(2);
  private @Nullable Queue<HttpContent> copies;
  private long heldBytes;
  private long copiedBytes;
  private boolean restored;

  /** Holds a part, and its reference; whether that is enough to hold. */
  boolean hold(HttpContent part) {
    held.add(part);
    heldBytes += part.content().readableBytes();
    return heldBytes > HELD_BYTES;
  }

  /**
   * Sends what was held. A request that may be done twice is kept for another time, as is what
   * follows, where the backend may be closing the connection just now or is one of several.
   */
  void begin(UpstreamConnection connection, HttpMethod method, boolean choice) {
    boolean again = !restored && (connection.reused() || choice) && IDEMPOTENT.contains(method);
    copies = again ? new ArrayDeque<>(2) : null;
    copiedBytes = 0;
    for (HttpContent part = held.poll(); part != null; part = held.poll()) {
      send(connection, part);
    }
  }

  /** Sends a part, and its reference. */
  void send(UpstreamConnection connection, HttpContent part) {
    Queue<HttpContent> kept = copies;
    if (kept != null) {
      copiedBytes += part.content().readableBytes();
      kept.add(part.retainedDuplicate());
      if (copiedBytes > KEPT_BYTES) {
        forget();
      }
    }
    connection.write(part);
  }

  /** Holds again all that was sent; false where it was not kept. */
  boolean restore() {
    Queue<HttpContent> kept = copies;
    copies = null;
    restored = kept != null && (held.addAll(kept) || kept.isEmpty());
    return restored;
  }

  /** The request need not be sent again. */
  void forget() {
    Queue<HttpContent> kept = copies;
    copies = null;
    if (kept != null) {
      release(kept);
    }
  }

  /** Gives everything back. */
  void release() {
    forget();
    release(held);
  }

  private static void release(Queue<HttpContent> parts) {
    for (HttpContent part = parts.poll(); part != null; part = parts.poll()) {
      part.release();
    }
  }
}
