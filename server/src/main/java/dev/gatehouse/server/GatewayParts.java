package dev.gatehouse.server;

import dev.gatehouse.gateway.Gateway;
import dev.gatehouse.gateway.GatewayOptions;
import dev.gatehouse.gateway.GatewayPorts;
import dev.gatehouse.gateway.throttle.Limit;
import dev.gatehouse.iam.ServiceRoles;
import dev.gatehouse.lambda.Functions;
import dev.gatehouse.lambda.remote.RemoteFunctions;
import dev.gatehouse.server.config.RateSettings;
import dev.gatehouse.server.config.Settings;
import dev.gatehouse.server.keys.KeyRing;
import dev.gatehouse.server.tls.DevelopmentCa;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts together the data plane. */
final class GatewayParts {
  private final Settings settings;
  private final Closing closing;
  private final InstantSource clock;

  GatewayParts(Settings settings, Closing closing, InstantSource clock) {
    this.settings = settings;
    this.closing = closing;
    this.clock = clock;
  }

  /** A gateway that has its address and is not open yet. */
  Gateway start(
      Functions functions,
      AccessLogs log,
      KeyRing keys,
      DevelopmentCa authority,
      Identities identities,
      LateService services)
      throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(settings.listen().address(), settings.listen().port());
    GatewayOptions options =
        new GatewayOptions(
            address,
            Runtime.getRuntime().availableProcessors(),
            settings.heldBodies(),
            settings.drain(),
            settings.extensions(),
            settings.backends().options(),
            settings.targets(),
            settings.webSockets(),
            limit(settings.rates().account()));
    GatewayPorts ports =
        new GatewayPorts(
            clock,
            System::nanoTime,
            new PlacedFunctions(
                functions,
                new RemoteFunctions(FunctionEndpoints.of(settings), clock),
                new ServiceRoles(identities.directory()),
                identities.permissions()),
            identities.callers(),
            new AuthorizerPolicies(),
            issuers(),
            keys,
            log,
            new Watchmen(settings.monitoring(), closing, clock).tracing(),
            settings.listen().tls() ? authority : null,
            services);
    return Gateway.start(options, ports);
  }

  private Map<String, URI> issuers() {
    Map<String, URI> issuers = new HashMap<>();
    settings.issuers().forEach((issuer, place) -> issuers.put(issuer, URI.create(place)));
    return issuers;
  }

  /** A limit of requests; null where the rate is off. */
  static @Nullable Limit limit(RateSettings.Rate rate) {
    return rate.isOn() ? new Limit(rate.rate(), rate.burst()) : null;
  }
}
