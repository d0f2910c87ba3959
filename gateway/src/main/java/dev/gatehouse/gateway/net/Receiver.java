package dev.gatehouse.gateway.net;

import io.netty.handler.codec.http.HttpContent;

/**
 * What answers the request that a connection is busy with. Every method is called on the
 * connection's event loop.
 */
public interface Receiver {

  /** Starts work. The body follows in {@link #content}. */
  void start();

  /** Takes the next part of the body, and its reference; the last one is a LastHttpContent. */
  void content(HttpContent content);

  /** No more parts are at hand for now: what was written on may be flushed. */
  default void contentPaused() {}

  /** The client takes more again, or takes no more for now. */
  default void writabilityChanged(boolean writable) {}

  /**
   * What comes of the body is not HTTP; nothing more follows.
   *
   * @return whether that is answered; else the connection is closed
   */
  default boolean malformed() {
    return false;
  }

  /** The client is gone; nothing that is written reaches anyone. */
  default void clientGone() {}
}
