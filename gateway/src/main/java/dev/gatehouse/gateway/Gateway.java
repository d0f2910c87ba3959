package dev.gatehouse.gateway;

import dev.gatehouse.gateway.jwt.Tokens;
import dev.gatehouse.gateway.net.ByteBudget;
import dev.gatehouse.gateway.net.EventLoops;
import dev.gatehouse.gateway.net.Listener;
import dev.gatehouse.gateway.net.Worker;
import dev.gatehouse.gateway.report.Explanation;
import dev.gatehouse.gateway.report.RequestReport;
import dev.gatehouse.gateway.upstream.Resolver;
import dev.gatehouse.gateway.upstream.Upstreams;
import dev.gatehouse.model.ApiRelease;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
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

  private Gateway(
      GatewayOptions options,
      EventLoops loops,
      Listener listener,
      Snapshots snapshots,
      Services services) {
    this.options = options;
    this.loops = loops;
    this.listener = listener;
    this.snapshots = snapshots;
    this.services = services;
  }

  /**
   * Starts to listen.
   *
   * @throws IOException when the address cannot be had
   */
  public static Gateway start(GatewayOptions options, GatewayPorts ports) throws IOException {
    EventLoops loops = new EventLoops(options.eventLoops(), ports.clock());
    Snapshots snapshots = new Snapshots();
    IdentityHashMap<Worker, Upstreams> upstreams = new IdentityHashMap<>();
    Resolver resolver = new Resolver(ports.clock());
    SslContext tls = SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS").build();
    IdentityHashMap<Worker, RecentRequests> recent = new IdentityHashMap<>();
    for (Worker worker : loops.workers()) {
      recent.put(worker, new RecentRequests());
      upstreams.put(
          worker, new Upstreams(worker, loops.clientChannel(), resolver, tls, Gateway::allowed));
    }
    Authorization authorization =
        new Authorization(
            new AuthorizerResults(ports.nanos()::getAsLong),
            new Tokens(ports.clock(), ports.nanos(), ports.issuers()),
            ports.policies(),
            AUTHORIZER_PATIENCE);
    Services services =
        new Services(ports, authorization, new ByteBudget(options.bodyBytes()), upstreams, recent);
    try {
      Listener listener =
          Listener.bind(
              options.address(),
              loops,
              new Addressing(snapshots, services, ports.other()),
              ports.certificates());
      return new Gateway(options, loops, listener, snapshots, services);
    } catch (IOException taken) {
      loops.close();
      throw taken;
    }
  }

  /** Link-local addresses (cloud metadata, for one) are no backends. */
  private static boolean allowed(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    return !host.isLinkLocalAddress() && !host.isAnyLocalAddress() && !host.isMulticastAddress();
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
    snapshots.update(
        current -> current.with(ApiCompiler.compile(release, current.api(release.apiId()))));
  }

  /** Serves an API no more. */
  public void withdraw(String apiId) {
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

  /** Accepts no more, lets what is under way end, and stops. Blocks. */
  @Override
  public void close() {
    listener.drain(options.drain());
    loops.close();
  }
}
