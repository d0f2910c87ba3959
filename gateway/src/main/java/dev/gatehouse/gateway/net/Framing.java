package dev.gatehouse.gateway.net;

import io.netty.channel.ChannelPipeline;

/** What makes requests of a connection's bytes, or a stream's frames, and answers the other way. */
public interface Framing {

  /** Adds its handlers. */
  void addTo(ChannelPipeline pipeline);

  /** Takes its handlers away; what was read too far goes to the handlers behind. */
  void removeFrom(ChannelPipeline pipeline);

  /** The answers that follow have no body: the request was a HEAD. */
  void answersHead(boolean head);
}
