package dev.gatehouse.gateway.upstream;

import dev.gatehouse.identity.AddressRange;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/**
 * How backends are connected to.
 *
 * @param connections the most to one upstream at a time, all event loops together
 * @param idle how long a connection is kept that nothing uses
 * @param age after which a connection is not used again, so that changed names are looked up
 * @param connect how long connecting may take, and the TLS handshake after it
 * @param authorities certificates that are trusted besides those of the JDK
 * @param allowed addresses that may be backends although they are link-local or Gatehouse's own
 */
public record BackendOptions(
    int connections,
    Duration idle,
    Duration age,
    Duration connect,
    List<X509Certificate> authorities,
    List<AddressRange> allowed) {
  public BackendOptions {
    authorities = List.copyOf(authorities);
    allowed = List.copyOf(allowed);
  }

  /** What holds where nothing is said. */
  public static BackendOptions defaults() {
    return new BackendOptions(
        4_096,
        Duration.ofSeconds(55),
        Duration.ofMinutes(1),
        Duration.ofSeconds(5),
        List.of(),
        List.of());
  }
}
