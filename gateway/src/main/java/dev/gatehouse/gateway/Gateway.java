package dev.gatehouse.gateway;

import dev.gatehouse.gateway.balance.HealthChecks;
import dev.gatehouse.gateway.balance.TargetStatus;
import dev.gatehouse.gateway.balance.Targets;
import dev.gatehouse.gateway.http2.Http2;
import dev.gatehouse.gateway.meter.GatewayReading;
import dev.gatehouse.gateway.meter.Meter;
import dev.gatehouse.gateway.net.ByteBudget;
import dev.gatehouse.gateway.net.EventLoops;
import dev.gatehouse.gateway.net.Listener;
import dev.gatehouse.gateway.net.Worker;
import dev.gatehouse.gateway.report.Explanation;
import dev.gatehouse.gateway.report.RequestReport;
import dev.gatehouse.gateway.throttle.AccountThrottle;
import dev.gatehouse.gateway.upstream.BackendAddresses;
import dev.gatehouse.gateway.upstream.ClientTls;
import dev.gatehouse.gateway.upstream.Resolver;
import dev.gatehouse.gateway.upstream.Upstreams;
import dev.gatehouse.gateway.websocket.ConnectionPage;
import dev.gatehouse.gateway.websocket.WebSocketPorts;
import dev.gatehouse.gateway.websocket.WebSockets;
import dev.gatehouse.model.ApiRelease;
import dev.gatehouse.model.ProtocolType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The data plane. Serves the APIs that were published last, and hands every request that is for
 * none of them to another service.
 */
public final class Gateway implements AutoCloseable {
  /** AWS's limit of an authorizer's function (http-api.md 10.2 [C]). */
  private static final Duration AUTHORIZER_PATIENCE = Duration.ofSeconds(10);

  private final GatewayOptions options;
  private final EventLoops loops;
  private final Listener listener;
  private final Snapshots snapshots;
  private final Services services;
  private final Targets targets;
  private final ApiCompiler compiler;
  private final WebSockets sockets;

  private Gateway(
      GatewayOptions options,
      EventLoops loops,
      Listener listener,
      Snapshots snapshots,
      Services services,
      Targets targets,
      WebSockets sockets) {
    this.options = options;
    this.loops = loops;
    this.listener = listener;
    this.snapshots = snapshots;
    this.services = services;
    this.targets = targets;
    this.compiler =
        new ApiCompiler(new Surroundings(targets, options.extensions(), services.authorization()));
    this.sockets = sockets;
  }

  /**
   * Takes an address, at which clients wait until the gateway is opened.
   *
   * @throws IOException when the address cannot be had
   */
  public static Gateway start(GatewayOptions options, GatewayPorts ports) throws IOException {
    EventLoops loops = new EventLoops(options.eventLoops(), ports.clock(), ports.nanos());
    Snapshots snapshots = new Snapshots();
    BackendAddresses addresses = new BackendAddresses(options.backends().allowed());
    IdentityHashMap<Worker, Upstreams> upstreams = upstreams(options, ports, loops, addresses);
    IdentityHashMap<Worker, RecentRequests> recent = new IdentityHashMap<>();
    loops.workers().forEach(worker -> recent.put(worker, new RecentRequests()));
    Authorization authorization = new Authorization(ports, AUTHORIZER_PATIENCE);
    AccountThrottle account = new AccountThrottle(options.account());
    ByteBudget budget = new ByteBudget(options.bodyBytes());
    Services services =
        new Services(ports, authorization, budget, upstreams, recent, new Meter(), account);
    WebSocketPorts socketPorts =
        new WebSocketPorts(
            ports.functions(),
            ports.policies(),
            ports.callers(),
            ports.keys(),
            ports.log(),
            ports.tracing(),
            ports.nanos(),
            budget,
            account,
            services::upstreams);
    Targets targets = new Targets(options.targets(), ports.nanos());
    WebSockets sockets =
        new WebSockets(options.webSockets(), socketPorts, targets, loops.workers());
    try {
      Listener listener =
          Listener.bind(
              options.address(),
              loops,
              new Addressing(snapshots, services, sockets, ports.other()),
              ports.certificates(),
              options.extensions().http2() ? new Http2() : null);
      addresses.addOwn(listener.address());
      check(targets, upstreams, ports);
      return new Gateway(options, loops, listener, snapshots, services, targets, sockets);
    } catch (IOException taken) {
      loops.close();
      throw taken;
    }
  }

  private static IdentityHashMap<Worker, Upstreams> upstreams(
      GatewayOptions options, GatewayPorts ports, EventLoops loops, BackendAddresses addresses) {
    Resolver resolver = new Resolver(ports.clock(), InetAddress::getAllByName);
    ClientTls tls = new ClientTls(options.backends().authorities());
    int share = Math.max(1, options.backends().connections() / options.eventLoops());
    IdentityHashMap<Worker, Upstreams> upstreams = new IdentityHashMap<>();
    for (Worker worker : loops.workers()) {
      upstreams.put(
          worker,
          new Upstreams(
              worker, loops.clientChannel(), resolver, tls, options.backends(), share, addresses));
    }
    return upstreams;
  }

  private static void check(
      Targets targets, IdentityHashMap<Worker, Upstreams> upstreams, GatewayPorts ports) {
    List<HealthChecks.Asker> askers = new ArrayList<>();
    upstreams.forEach((worker, all) -> askers.add(new HealthChecks.Asker(worker, all)));
    new HealthChecks(ports.nanos()).start(targets, askers);
  }

  /** How the upstreams of every target are. */
  public List<TargetStatus> targets() {
    return targets.status();
  }

  /** Begins to answer: what has been published so far is there for the first request. */
  public void open() {
    listener.open();
  }

  /** Where the gateway listens. */
  public InetSocketAddress address() {
    return listener.address();
  }

  /**
   * Compiles an API and serves it from now on, in place of what it was; other APIs stay as they
   * are, and where the release is a difference, so does the rest of this one.
   *
   * @throws IllegalArgumentException where the release is a difference to what is not served
   */
  public void publish(ApiRelease release) {
    if (release.protocol() == ProtocolType.WEBSOCKET) {
      sockets.publish(release);
      return;
    }
    snapshots.update(
        current -> current.with(compiler.compile(release, current.api(release.apiId()))));
  }

  /** Serves an API no more. */
  public void withdraw(String apiId) {
    sockets.withdraw(apiId);
    snapshots.update(current -> current.without(apiId));
  }

  /**
   * Which way a request would go; nothing is sent.
   *
   * @param target path and query
   * @param account whose APIs are told of
   */
  public Explanation explain(String method, String host, String target, String account) {
    return Explainer.explain(snapshots.current(), method, host, target, account);
  }

  /** The last requests that are over, of an account's APIs or of none, the newest first. */
  public List<RequestReport> recent(String account) {
    List<RequestReport> reports = new ArrayList<>();
    for (RecentRequests ring : services.recent().values()) {
      for (Timeline timeline : ring.all()) {
        RequestFacts facts = timeline.facts();
        if (facts != null && (facts.account() == null || facts.account().equals(account))) {
          reports.add(timeline.report(facts));
        }
      }
    }
    reports.sort(Comparator.comparing(RequestReport::time).reversed());
    return reports;
  }

  /**
   * Who is connected to a WebSocket API, in the order of the connections' ids. Blocks, but not for
   * long.
   *
   * @param after the id that those shown come after; empty for the first
   */
  public ConnectionPage connected(String apiId, int most, String after) {
    return sockets.connected(apiId, most, after);
  }

  /** How the data plane is, and what it has counted. Blocks, but not for long. */
  public GatewayReading read() {
    return Readings.of(
        snapshots.current(),
        sockets.read(),
        services,
        listener.clients(),
        options.bodyBytes() - services.budget().available());
  }

  /**
   * Sees WebSocket connections off, whose backends may still have something to say to others; then
   * accepts no more, lets what is under way end, and stops. Blocks.
   */
  @Override
  public void close() {
    sockets.drain();
    listener.drain(options.drain());
    sockets.drain(); // those whose handshakes were under way
    loops.close();
  }
}
