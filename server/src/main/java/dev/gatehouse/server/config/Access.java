package dev.gatehouse.server.config;

import dev.gatehouse.identity.Authenticator;
import dev.gatehouse.identity.Credential;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may make control calls.
 *
 * @param hosts the names, besides loopback, that clients reach this server by
 * @param keys long-lived access keys
 * @param policies what the users of the keys hold, by their ARNs: ARNs of managed policies, and
 *     documents; who is not here is an account's root
 */
public record Access(
    Authenticator.Mode mode,
    Set<String> hosts,
    List<Credential> keys,
    Map<String, List<String>> policies) {
  public Access {
    hosts = Set.copyOf(hosts);
    keys = List.copyOf(keys);
    policies = Map.copyOf(policies);
  }
}
