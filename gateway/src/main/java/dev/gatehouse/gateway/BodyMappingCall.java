package dev.gatehouse.gateway;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;

/**
 * A request to a backend whose mappings read the body: its start is held, mapped, and sent on with
 * the rest behind it.
 */
final class BodyMappingCall implements Call {
  private final HttpProxy proxy;
  private final Exchange exchange;
  private final HeldParts held;
  private @Nullable Call call;

  BodyMappingCall(HttpProxy proxy, Exchange exchange) {
    this.proxy = proxy;
    this.exchange = exchange;
    this.held = new HeldParts(exchange.services().budget());
  }

  @Override
  public void start() {
    boolean chunked = HttpUtil.isTransferEncodingChunked(exchange.request());
    long length =
        chunked ? Limits.PAYLOAD_BYTES : HttpUtil.getContentLength(exchange.request(), 0L);
    if (length > Limits.PAYLOAD_BYTES) {
      exchange.fault(Fault.TOO_LARGE, "the body is over the limit");
    } else if (length > 0) {
      exchange.connection().pauseReading(true);
      held.ask(length, exchange.worker().loop(), this::read);
    }
  }

  private void read() {
    if (call == null && !exchange.ended()) {
      exchange.connection().sendContinue();
      exchange.connection().pauseReading(false);
      exchange.allow(Limits.CLIENT_MILLIS);
    }
  }

  @Override
  public void content(HttpContent content) {
    if (call != null) {
      call.content(content);
      return;
    }
    held.add(content);
    if (held.enough()) {
      pass();
    }
  }

  private void pass() {
    exchange.bodyStart(held.start());
    exchange.stopClock();
    exchange.connection().pauseReading(false);
    Call next = new HttpProxyCall(proxy, exchange);
    call = next;
    next.start();
    for (HttpContent part = held.next(); part != null; part = held.next()) {
      if (exchange.ended()) {
        part.release();
      } else {
        next.content(part);
      }
    }
    held.release();
    if (!exchange.ended()) {
      next.contentPaused();
    }
  }

  @Override
  public void contentPaused() {
    if (call != null) {
      call.contentPaused();
    }
  }

  @Override
  public void clientWritable(boolean writable) {
    if (call != null) {
      call.clientWritable(writable);
    }
  }

  @Override
  public void abandon() {
    held.release();
    if (call != null) {
      call.abandon();
    }
  }
}
