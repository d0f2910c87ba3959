package dev.gatehouse.server;

import dev.gatehouse.identity.AccessKeys;
import dev.gatehouse.identity.Authenticator;
import dev.gatehouse.identity.Callers;
import dev.gatehouse.identity.Credential;
import dev.gatehouse.identity.Credentials;
import dev.gatehouse.identity.Grants;
import dev.gatehouse.identity.Permissions;
import dev.gatehouse.identity.SignedRequests;
import dev.gatehouse.identity.TemporaryCredentials;
import dev.gatehouse.identity.WebPageGuard;
import dev.gatehouse.server.config.Access;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Who may make control calls, and under which names the server is reached.
 *
 * @param firstKey the key that the server made for itself; empty where it needs none
 */
record ControlAccess(Access access, Optional<FirstKey> firstKey) {
  private static final int MAX_CONTROL_BODY = 75 << 20;

  /** With a key in the data directory where signatures are checked and no key is configured. */
  static ControlAccess open(Access access, Path data, RandomGenerator random) throws IOException {
    boolean needsKey = access.mode() == Authenticator.Mode.VERIFY && access.keys().isEmpty();
    return new ControlAccess(
        access,
        needsKey
            ? Optional.of(FirstKey.open(data.resolve("access-key"), random))
            : Optional.empty());
  }

  Authenticator authenticator(TemporaryCredentials sessions, InstantSource clock) {
    return new Authenticator(access.mode(), credentials(sessions), clock, MAX_CONTROL_BODY);
  }

  /** Who calls APIs. */
  Callers callers(TemporaryCredentials sessions, InstantSource clock) {
    return new Callers(
        new SignedRequests(credentials(sessions), clock), new Permissions(grants(), clock));
  }

  /** The keys that are known, and what functions and roles' sessions sign with. */
  private Credentials credentials(TemporaryCredentials sessions) {
    List<Credential> keys = firstKey.map(FirstKey::credential).map(List::of).orElse(access.keys());
    return new AccessKeys(access.mode() == Authenticator.Mode.OPEN, keys).or(sessions);
  }

  /**
   * What callers may do. A role that nobody has defined may do what its account may where control
   * calls are open to everyone, and nothing where they are not.
   */
  private Grants grants() {
    boolean open = access.mode() == Authenticator.Mode.OPEN;
    return identity ->
        open || identity.isRoot()
            ? new Grants.Holding.Everything()
            : new Grants.Holding.Policies(List.of(), List.of());
  }

  WebPageGuard guard(URI endpoint) {
    return new WebPageGuard(and(endpoint.getHost()));
  }

  /** The names below which a host names a bucket. */
  Set<String> domains() {
    return and("localhost");
  }

  /** The key that nobody knows yet. */
  Optional<Credential> madeKey() {
    return firstKey.filter(FirstKey::made).map(FirstKey::credential);
  }

  private Set<String> and(String own) {
    Set<String> hosts = new HashSet<>(access.hosts());
    hosts.add(own);
    return hosts;
  }
}
