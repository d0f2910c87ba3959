package dev.gatehouse.gateway.net;

import io.netty.channel.ChannelHandler;

/** What a listener speaks beside HTTP/1.1 with those clients that begin with it. */
public interface SecondProtocol {

  /** Its name in TLS's choice of protocols (ALPN). */
  String name();

  /** What finds out which of the two a client speaks, before the client's first request is read. */
  ChannelHandler choice(ClientConnection first);

  /** Takes no further requests; those under way end. Blocks until all clients are told. */
  void drain();
}
