package dev.gatehouse.gateway.balance;

import dev.gatehouse.gateway.upstream.Origin;
import java.util.Map;

/** One upstream as a target reaches it; its condition is shared with other ways to reach it. */
public final class Endpoint {
  private final Origin origin;
  private final Map<String, String> attributes;
  private final Condition condition;

  private Endpoint(Origin origin, Map<String, String> attributes, Condition condition) {
    this.origin = origin;
    this.attributes = attributes;
    this.condition = condition;
  }

  /** An upstream that nothing is known of yet. */
  static Endpoint of(Origin origin, Map<String, String> attributes) {
    return new Endpoint(origin, attributes, new Condition());
  }

  /** The same with TLS, and a certificate of that name. */
  Endpoint secured(String name) {
    return new Endpoint(origin.secured(name), attributes, condition);
  }

  /** Where it listens. */
  public Origin origin() {
    return origin;
  }

  Map<String, String> attributes() {
    return attributes;
  }

  Condition condition() {
    return condition;
  }
}
