package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.balance.Targets;
import dev.gatehouse.gateway.meter.StageReading;
import dev.gatehouse.gateway.net.ClientConnection;
import dev.gatehouse.gateway.net.Receiver;
import dev.gatehouse.gateway.net.ServiceCall;
import dev.gatehouse.gateway.net.Worker;
import dev.gatehouse.gateway.route.PersistentMap;
import dev.gatehouse.model.ApiRelease;
import dev.gatehouse.model.Scope;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All WebSocket APIs that are served, and their connections. What is served is one value, replaced
 * by each change; connections read it anew with every message.
 */
public final class WebSockets {
  private final WebSocketOptions options;
  private final WebSocketPorts ports;
  private final Connections connections;
  private final Disconnects disconnects;
  private final ConnectionRate rate;
  private final Callbacks callbacks;
  private final SocketApiCompiler compiler;
  private volatile PersistentMap<LiveSocketApi> apis = PersistentMap.empty();
  private volatile boolean stopping;

  /**
   * @param targets what the hosts of URLs stand for
   * @param workers one an event loop
   */
  public WebSockets(
      WebSocketOptions options, WebSocketPorts ports, Targets targets, List<Worker> workers) {
    this.options = options;
    this.ports = ports;
    this.connections = new Connections();
    this.disconnects = new Disconnects(this, ports, workers);
    this.rate = new ConnectionRate(options.connectionsPerSecond(), ports.nanos());
    this.callbacks = new Callbacks(this, new SignedAccess(ports.callers()));
    this.compiler = new SocketApiCompiler(options, targets);
  }

  WebSocketOptions options() {
    return options;
  }

  WebSocketPorts ports() {
    return ports;
  }

  Connections connections() {
    return connections;
  }

  Disconnects disconnects() {
    return disconnects;
  }

  /** Whether the account may have one more connection now. */
  boolean admits(Scope scope) {
    return rate.admits(scope) && admitsEvent(scope);
  }

  /** Whether the account may have one more message, or call of a backend, now. */
  boolean admitsEvent(Scope scope) {
    return ports.account().admits(scope, ports.nanos().getAsLong());
  }

  /** What the meters of all stages say now. */
  public List<StageReading> read() {
    List<StageReading> readings = new ArrayList<>();
    apis.forEachValue(api ->
        api.stages()
            .values()
            .forEach(stage ->
                readings.add(
                    stage
                        .meters()
                        .read(stage.scope(), stage.apiId(), stage.name())
                        .ofWebSocket())));
    return readings;
  }

  /**
   * Who is connected to an API, in the order of the connections' ids. Blocks, but not for long.
   *
   * @param after the id that those shown come after; empty for the first
   */
  public ConnectionPage connected(String apiId, int most, String after) {
    return new ConnectionList(connections).page(apiId, most, after);
  }

  /** Whether new connections are refused, since the gateway is about to stop. */
  boolean stopping() {
    return stopping;
  }

  /** Compiles a WebSocket API and serves it from now on, in place of what it was. */
  public synchronized void publish(ApiRelease release) {
    String apiId = release.apiId();
    apis = apis.with(apiId, compiler.compile(release, apis.get(apiId)));
  }

  /** Serves an API no more; its connections stay, and find no route. */
  public synchronized void withdraw(String apiId) {
    apis = apis.without(apiId);
  }

  /** The API of that id; null where there is none. */
  public @Nullable LiveSocketApi find(String apiId) {
    return apis.get(apiId);
  }

  /** A stage as it is served now; null where it is not. */
  @Nullable LiveSocketStage stage(String apiId, String name) {
    LiveSocketApi api = apis.get(apiId);
    return api == null ? null : api.stages().get(name);
  }

  /** What answers a request to a WebSocket API. */
  public Receiver receive(
      ClientConnection connection, HttpRequest request, LiveSocketApi api, SocketTarget target) {
    SocketPath path = SocketPath.of(target);
    if (path != null && path.managesConnections()) {
      return new ServiceCall(connection, request, callbacks.on(api.apiId(), path));
    }
    if (!Upgrade.isAsked(request)) {
      return new ShortAnswer(connection, HttpResponseStatus.UPGRADE_REQUIRED, "Upgrade Required");
    }
    LiveSocketStage stage =
        path == null || !path.rest().isEmpty() ? null : api.stages().get(path.stage());
    return new Handshake(this, connection, request, stage, target);
  }

  /**
   * What answers a call to {@code /{stage}/@connections/{id}} on a host that names no API, as
   * handlers make it that build it from a domain name that clients reached by a path form: the
   * connection's id tells the API. Null where the path is another one.
   */
  public @Nullable Receiver receive(ClientConnection connection, HttpRequest request) {
    String target = request.uri();
    int mark = target.indexOf('?');
    String rawPath = mark < 0 ? target : target.substring(0, mark);
    SocketPath path = SocketPath.of(new SocketTarget("", rawPath, "", null));
    if (path == null || !path.managesConnections()) {
      return null;
    }
    return new ServiceCall(connection, request, callbacks.on(null, path));
  }

  /** The answer to an upgrade to an API that there is none of [U]. */
  public static @Nullable Receiver unknown(ClientConnection connection, HttpRequest request) {
    return Upgrade.isAsked(request)
        ? new ShortAnswer(connection, HttpResponseStatus.FORBIDDEN, "Forbidden")
        : null;
  }

  /** Refuses new connections, closes all there are over time, and sees them off. Blocks. */
  public void drain() {
    stopping = true;
    new SocketDrain(this).run();
  }
}
