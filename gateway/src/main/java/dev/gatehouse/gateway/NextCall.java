package dev.gatehouse.gateway;

import io.netty.handler.codec.http.HttpContent;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a request goes on to once what comes first is done: it takes the parts of the body that were
 * held meanwhile, and from then on all that comes.
 */
final class NextCall {
  private final Exchange exchange;
  private @Nullable Call call;

  NextCall(Exchange exchange) {
    this.exchange = exchange;
  }

  boolean started() {
    return call != null;
  }

  /**
   * Starts it.
   *
   * @param held gives the parts that were held, in order, and then null
   */
  void start(Call next, Supplier<@Nullable HttpContent> held) {
    call = next;
    next.start();
    for (HttpContent part = held.get(); part != null; part = held.get()) {
      if (exchange.ended()) {
        part.release();
      } else {
        next.content(part);
      }
    }
    if (!exchange.ended()) {
      next.contentPaused();
    }
  }

  /** Hands a part on, unless it has not started. */
  boolean takes(HttpContent content) {
    if (call == null) {
      return false;
    }
    call.content(content);
    return true;
  }

  void contentPaused() {
    if (call != null) {
      call.contentPaused();
    }
  }

  void clientWritable(boolean writable) {
    if (call != null) {
      call.clientWritable(writable);
    }
  }

  void timedOut() {
    if (call != null) {
      call.timedOut();
    }
  }

  void abandon() {
    if (call != null) {
      call.abandon();
    }
  }
}
