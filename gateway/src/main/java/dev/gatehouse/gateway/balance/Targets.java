package dev.gatehouse.gateway.balance;

import dev.gatehouse.gateway.route.QueryString;
import dev.gatehouse.gateway.upstream.Origin;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All targets by name: the ARN of a load balancer's listener or of a Cloud Map service, or a host,
 * with its port or for all ports. Asked when an API is compiled, not by requests.
 */
public final class Targets {
  private final Map<String, Known> byName = new TreeMap<>();
  private final LongSupplier nanos;

  private record Known(TargetDefinition definition, Target target) {}

  public Targets(Map<String, TargetDefinition> definitions, LongSupplier nanos) {
    this.nanos = nanos;
    definitions.forEach((name, definition) ->
        byName.put(key(name), new Known(definition, target(name, definition))));
  }

  private Target target(String name, TargetDefinition definition) {
    List<Endpoint> endpoints =
        definition.upstreams().stream()
            .map(upstream ->
                Endpoint.of(
                    named(upstream.origin(), definition.serverName()), upstream.attributes()))
            .toList();
    return new Target(name, endpoints, definition.ejection(), definition.slowStart(), nanos);
  }

  private static Origin named(Origin origin, @Nullable String serverName) {
    return serverName == null || !origin.secure() ? origin : origin.secured(serverName);
  }

  /** Hosts have no case; ARNs do. */
  private static String key(String name) {
    return name.startsWith("arn:") ? name : name.toLowerCase(Locale.ROOT);
  }

  /**
   * What a private integration's URI stands for (http-api.md section 6): as written, or else, for a
   * Cloud Map service with a filter, those upstreams of the service that have every attribute of
   * the filter [C].
   */
  public Optional<Target> ofArn(String uri) {
    Known exact = byName.get(key(uri));
    if (exact != null) {
      return Optional.of(exact.target());
    }
    int mark = uri.indexOf('?');
    Known service = mark < 0 ? null : byName.get(key(uri.substring(0, mark)));
    return Optional.ofNullable(service).flatMap(known -> filtered(known, uri.substring(mark + 1)));
  }

  private static Optional<Target> filtered(Known known, String filter) {
    Map<String, String> wanted = new HashMap<>();
    QueryString.parse(filter).forEach(pair -> wanted.put(pair.name(), pair.value()));
    List<Endpoint> fitting =
        known.target().endpoints().stream()
            .filter(endpoint -> endpoint.attributes().entrySet().containsAll(wanted.entrySet()))
            .toList();
    return fitting.isEmpty() ? Optional.empty() : Optional.of(known.target().only(fitting));
  }

  /** What the host of a URL stands for: itself, unless it is a target's name. */
  public Target ofUrl(Origin origin) {
    Known known = byName.get(origin.host() + ":" + origin.port());
    known = known == null ? byName.get(origin.host()) : known;
    if (known == null) {
      return Target.of(origin);
    }
    return origin.secure() ? secured(known.target(), origin.host()) : known.target();
  }

  /**
   * The same target with TLS, as an integration's {@code tlsConfig} asks for [C].
   *
   * @param serverName the name that certificates must have; null for each upstream's own
   */
  public static Target secured(Target target, @Nullable String serverName) {
    return target.only(
        target.endpoints().stream()
            .map(endpoint ->
                endpoint.secured(serverName == null ? endpoint.origin().serverName() : serverName))
            .toList());
  }

  /** Every target with a health check, and the check. */
  Map<Target, TargetDefinition.HealthCheck> checked() {
    Map<Target, TargetDefinition.HealthCheck> checked = new HashMap<>();
    for (Known known : byName.values()) {
      TargetDefinition.HealthCheck health = known.definition().health();
      if (health != null) {
        checked.put(known.target(), health);
      }
    }
    return checked;
  }

  /** How every upstream of every target is. */
  public List<TargetStatus> status() {
    return byName.values().stream()
        .map(known -> TargetStatus.of(known.target(), nanos.getAsLong()))
        .toList();
  }
}
