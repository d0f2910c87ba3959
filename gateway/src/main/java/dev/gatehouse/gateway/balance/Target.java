package dev.gatehouse.gateway.balance;

import dev.gatehouse.gateway.balance.TargetDefinition.Ejection;
import dev.gatehouse.gateway.upstream.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where an integration's requests go: to one upstream, or to the less busy of two that are drawn
 * from those that are well. One that requests fail at is left alone for a while, though never more
 * than half of them; one that comes back starts slowly.
 *
 * <p>Data plane: any event loop.
 */
public final class Target {
  private static final Logger LOG = LoggerFactory.getLogger(Target.class);
  private static final int DRAWS = 3;
  private static final int BITS_PER_DRAW = 10;
  private static final double DICE = 1 << BITS_PER_DRAW;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;
  private static final int SPREAD_SHIFT = 20;

  private final String name;
  private final Endpoint[] endpoints;
  private final Ejection ejection;
  private final long slowStartNanos;
  private final LongSupplier nanos;

  Target(
      String name,
      List<Endpoint> endpoints,
      Ejection ejection,
      Duration slowStart,
      LongSupplier nanos) {
    this.name = name;
    this.endpoints = endpoints.toArray(Endpoint[]::new);
    this.ejection = ejection;
    this.slowStartNanos = slowStart.toNanos();
    this.nanos = nanos;
  }

  /** A single upstream that needs no choice. */
  public static Target of(Origin origin) {
    return new Target(
        origin.toString(),
        List.of(Endpoint.of(origin, Map.of())),
        Ejection.DEFAULT,
        Duration.ZERO,
        System::nanoTime);
  }

  /** What it stands for, for logs. */
  public String name() {
    return name;
  }

  /** Some of these upstreams, or all in another way; how they are stays one. */
  Target only(List<Endpoint> some) {
    return new Target(name, some, ejection, Duration.ofNanos(slowStartNanos), nanos);
  }

  /** How many upstreams there are, well or not. */
  public int size() {
    return endpoints.length;
  }

  /** The first of them, for people to read. */
  public Origin first() {
    return endpoints[0].origin();
  }

  /** All upstreams, well or not. */
  List<Endpoint> endpoints() {
    return List.of(endpoints);
  }

  /**
   * The upstream for the next request.
   *
   * @param bits random ones
   * @param not those that are not wanted
   * @return null where none is well
   */
  public @Nullable Endpoint choose(long bits, List<Endpoint> not) {
    if (endpoints.length == 1) {
      Endpoint only = endpoints[0];
      return !not.contains(only) && only.condition().healthy() ? only : null;
    }
    Endpoint first = draw(bits, not, null);
    first = first == null ? any(not) : first;
    Endpoint second = first == null ? null : draw(bits >>> (DRAWS * BITS_PER_DRAW), not, first);
    if (first == null || second == null) {
      return first;
    }
    boolean firstIsBusier = first.condition().underWay() > second.condition().underWay();
    return firstIsBusier ? second : first;
  }

  /** One that is well, at random; null where a few draws hit others only. */
  private @Nullable Endpoint draw(long bits, List<Endpoint> not, @Nullable Endpoint nor) {
    long left = bits;
    for (int i = 0; i < DRAWS; i++) {
      int at = (int) (((left * SPREAD) >>> SPREAD_SHIFT) % endpoints.length);
      Endpoint drawn = endpoints[at];
      if (drawn != nor && !not.contains(drawn) && isWell(drawn) && startsNow(drawn, left)) {
        return drawn;
      }
      left >>>= BITS_PER_DRAW;
    }
    return null;
  }

  private @Nullable Endpoint any(List<Endpoint> not) {
    for (Endpoint endpoint : endpoints) {
      if (!not.contains(endpoint) && isWell(endpoint)) {
        return endpoint;
      }
    }
    return null;
  }

  private boolean isWell(Endpoint endpoint) {
    Condition condition = endpoint.condition();
    return condition.healthy() && (!condition.marked() || !condition.ejected(nanos.getAsLong()));
  }

  private boolean startsNow(Endpoint endpoint, long bits) {
    Condition condition = endpoint.condition();
    if (!condition.starting()) {
      return true;
    }
    return (bits & ((1 << BITS_PER_DRAW) - 1)) / DICE
        < condition.share(nanos.getAsLong(), slowStartNanos);
  }

  /** A request goes to an upstream. */
  public void begin(Endpoint endpoint) {
    if (endpoints.length > 1) {
      endpoint.condition().begin();
    }
  }

  /** A request is over that went to an upstream, whatever came of it. */
  public void end(Endpoint endpoint) {
    if (endpoints.length > 1) {
      endpoint.condition().end();
    }
  }

  /** An upstream has begun to answer a request. */
  public void answered(Endpoint endpoint) {
    if (endpoints.length > 1) {
      endpoint.condition().answered();
    }
  }

  /** An upstream did not answer a request. */
  public void failed(Endpoint endpoint) {
    if (endpoints.length == 1 || endpoint.condition().failed() < ejection.failures()) {
      return;
    }
    long now = nanos.getAsLong();
    int left = 1;
    for (Endpoint other : endpoints) {
      left += other != endpoint && other.condition().ejected(now) ? 1 : 0;
    }
    boolean mayEject = left * 2 <= endpoints.length;
    if (mayEject && endpoint.condition().eject(now, ejection.time().toNanos())) {
      LOG.warn(
          "{} of target {} did not answer {} requests in a row and gets none for a while",
          endpoint.origin(),
          name,
          ejection.failures());
    }
  }
}
