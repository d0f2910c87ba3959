package dev.gatehouse.gateway.balance;

import dev.gatehouse.gateway.upstream.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a name stands for.
 *
 * @param upstreams at least one
 * @param serverName the name that certificates must have; null for each upstream's host
 * @param health how upstreams are checked; null where they are not
 * @param ejection when an upstream is left alone because of what requests met there
 * @param slowStart how long an upstream that comes back gets less than its share; zero for none
 */
public record TargetDefinition(
    List<Upstream> upstreams,
    @Nullable String serverName,
    @Nullable HealthCheck health,
    Ejection ejection,
    Duration slowStart) {
  public TargetDefinition {
    upstreams = List.copyOf(upstreams);
  }

  /**
   * Where requests can go.
   *
   * @param attributes those that the filter of a Cloud Map service's URI is compared with
   */
  public record Upstream(Origin origin, Map<String, String> attributes) {
    public Upstream {
      attributes = Map.copyOf(attributes);
    }
  }

  /**
   * A GET that must be answered with a status from 200 to 399.
   *
   * @param healthy how many in a row make an upstream well again
   * @param unhealthy how many failures in a row make it unwell
   */
  public record HealthCheck(
      String path, Duration interval, Duration timeout, int healthy, int unhealthy) {

    /** The usual intervals and thresholds. */
    public static HealthCheck of(String path) {
      return new HealthCheck(path, Duration.ofSeconds(10), Duration.ofSeconds(5), 2, 3);
    }
  }

  /**
   * When an upstream is left alone.
   *
   * @param failures requests in a row that got no answer; statuses do not count, whatever they are
   * @param time for how long at first; each time in a row as long again
   */
  public record Ejection(int failures, Duration time) {
    /** What holds where nothing is said. */
    public static final Ejection DEFAULT = new Ejection(5, Duration.ofSeconds(10));
  }
}
