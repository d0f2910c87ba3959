package dev.gatehouse.server;

import dev.gatehouse.identity.AccessKeys;
import dev.gatehouse.identity.Authenticator;
import dev.gatehouse.identity.Credential;
import dev.gatehouse.identity.Credentials;
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

  Authenticator authenticator(Credentials credentials, InstantSource clock) {
    return new Authenticator(access.mode(), credentials, clock, MAX_CONTROL_BODY);
  }

  /** Whether control calls are taken with any signature. */
  boolean open() {
    return access.mode() == Authenticator.Mode.OPEN;
  }

  /** The long-lived keys that are known. */
  AccessKeys keys() {
    List<Credential> keys = firstKey.map(FirstKey::credential).map(List::of).orElse(access.keys());
    return new AccessKeys(open(), keys);
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
