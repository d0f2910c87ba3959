package dev.gatehouse.gateway.balance;

import java.util.List;

/** How the upstreams of a target are, for people to read. */
public record TargetStatus(String name, List<UpstreamStatus> upstreams) {

  /**
   * How one upstream is.
   *
   * @param healthy what its health check says; true where there is none
   * @param ejected whether it is left alone because requests got no answer
   * @param underWay how many requests are there now; counted where there are several upstreams
   */
  public record UpstreamStatus(String url, boolean healthy, boolean ejected, int underWay) {}

  static TargetStatus of(Target target, long nanos) {
    return new TargetStatus(
        target.name(),
        target.endpoints().stream().map(endpoint -> status(endpoint, nanos)).toList());
  }

  private static UpstreamStatus status(Endpoint endpoint, long nanos) {
    Condition condition = endpoint.condition();
    return new UpstreamStatus(
        endpoint.origin().toString(),
        condition.healthy(),
        condition.ejected(nanos),
        condition.underWay());
  }
}
