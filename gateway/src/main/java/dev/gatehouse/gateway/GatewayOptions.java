package dev.gatehouse.gateway;

import dev.gatehouse.model.Extensions;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How the data plane runs.
 *
 * @param address where to listen; port 0 takes a free one
 * @param eventLoops how many event loops, one a core
 * @param bodyBytes how many bytes of held bodies the process may have at a time
 * @param drain how long requests under way may take when the gateway stops
 * @param extensions what goes beyond AWS and is switched on
 */
public record GatewayOptions(
    InetSocketAddress address,
    int eventLoops,
    long bodyBytes,
    Duration drain,
    Extensions extensions) {

  /** The same as AWS, with nothing beyond it. */
  public GatewayOptions(InetSocketAddress address, int eventLoops, long bodyBytes, Duration drain) {
    this(address, eventLoops, bodyBytes, drain, Extensions.NONE);
  }
}
