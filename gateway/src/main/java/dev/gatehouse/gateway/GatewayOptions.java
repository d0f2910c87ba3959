package dev.gatehouse.gateway;

import dev.gatehouse.gateway.balance.TargetDefinition;
import dev.gatehouse.gateway.throttle.Limit;
import dev.gatehouse.gateway.upstream.BackendOptions;
import dev.gatehouse.gateway.websocket.WebSocketOptions;
import dev.gatehouse.model.Extensions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the data plane runs.
 *
 * @param address where to listen; port 0 takes a free one
 * @param eventLoops how many event loops, one a core
 * @param bodyBytes how many bytes of held bodies the process may have at a time
 * @param drain how long requests under way may take when the gateway stops
 * @param extensions what goes beyond AWS and is switched on
 * @param backends how backends are connected to
 * @param targets what the names of private integrations, and hosts, stand for
 * @param webSockets the limits of WebSocket connections
 * @param account how much all APIs of an account and region get through; null for no limit
 */
public record GatewayOptions(
    InetSocketAddress address,
    int eventLoops,
    long bodyBytes,
    Duration drain,
    Extensions extensions,
    BackendOptions backends,
    Map<String, TargetDefinition> targets,
    WebSocketOptions webSockets,
    @Nullable Limit account) {
  public GatewayOptions {
    targets = Map.copyOf(targets);
  }

  /** The same as AWS, with nothing beyond it. */
  public GatewayOptions(InetSocketAddress address, int eventLoops, long bodyBytes, Duration drain) {
    this(
        address,
        eventLoops,
        bodyBytes,
        drain,
        Extensions.NONE,
        BackendOptions.defaults(),
        Map.of(),
        WebSocketOptions.USUAL,
        null);
  }
}
