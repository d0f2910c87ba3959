package dev.gatehouse.gateway.net;

import io.netty.handler.codec.http.HttpRequest;

/** Decides what answers a request. */
@FunctionalInterface
public interface Receivers {

  /** The receiver of one request; called on the connection's event loop. */
  Receiver receive(ClientConnection connection, HttpRequest request);
}
