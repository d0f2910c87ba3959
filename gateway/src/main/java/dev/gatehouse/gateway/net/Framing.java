package dev.gatehouse.gateway.net;

import io.netty.channel.ChannelHandler;

/** What makes requests of a connection's bytes, or a stream's frames, and answers the other way. */
public interface Framing extends ChannelHandler {

  /** The answers that follow have no body: the request was a HEAD. */
  void answersHead(boolean head);
}
