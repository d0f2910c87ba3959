package dev.gatehouse.gateway;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpUtil;

/**
 * A request to a backend whose mappings read the body: its start is held, mapped, and sent on with
 * the rest behind it.
 */
final class BodyMappingCall implements Call {
  private final HttpProxy proxy;
  private final Exchange exchange;
  private final HeldParts held;
  private final NextCall next;

  BodyMappingCall(HttpProxy proxy, Exchange exchange) {
    this.proxy = proxy;
    this.exchange = exchange;
    this.next = new NextCall(exchange);
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
    if (!next.started() && !exchange.ended()) {
      exchange.connection().sendContinue();
      exchange.connection().pauseReading(false);
      exchange.allow(Limits.CLIENT_MILLIS);
    }
  }

  @Override
  public void content(HttpContent content) {
    if (next.takes(content)) {
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
    next.start(new HttpProxyCall(proxy, exchange), held::next);
    held.release();
  }

  @Override
  public void contentPaused() {
    next.contentPaused();
  }

  @Override
  public void clientWritable(boolean writable) {
    next.clientWritable(writable);
  }

  @Override
  public void abandon() {
    held.release();
    next.abandon();
  }
}
