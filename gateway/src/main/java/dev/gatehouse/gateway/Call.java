package dev.gatehouse.gateway;

import io.netty.handler.codec.http.HttpContent;

/** An integration at work on one exchange. Every method is called on the exchange's event loop. */
interface Call {

  /** Starts; the request's body follows. */
  void start();

  /** Takes the next part of the body, and its reference. */
  void content(HttpContent content);

  /** No more parts are at hand for now. */
  default void contentPaused() {}

  /** The client takes more again, or takes no more for now. */
  default void clientWritable(boolean writable) {}

  /** The integration's time is over. */
  default void timedOut() {
    abandon();
  }

  /** Nobody waits for the answer any more: the client is gone or the time is over. */
  void abandon();
}
