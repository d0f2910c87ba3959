package dev.gatehouse.server.config;

import dev.gatehouse.identity.Authenticator;
import dev.gatehouse.identity.Credential;
import java.util.List;
import java.util.Set;

/**
 * Who may make control calls.
 *
 * @param hosts the names, besides loopback, that clients reach this server by
 * @param keys long-lived access keys
 */
public record Access(Authenticator.Mode mode, Set<String> hosts, List<Credential> keys) {
  public Access {
    hosts = Set.copyOf(hosts);
    keys = List.copyOf(keys);
  }
}
