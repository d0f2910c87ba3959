package dev.gatehouse.gateway;

import io.netty.handler.codec.http.HttpContent;

/** Answers with a fault at once. */
record FaultCall(Exchange exchange, Fault fault, String reason) implements Call {

  @Override
  public void start() {
    exchange.fault(fault, reason);
  }

  @Override
  public void content(HttpContent content) {
    content.release();
  }

  @Override
  public void abandon() {}
}
