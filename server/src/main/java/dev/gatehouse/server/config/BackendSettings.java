package dev.gatehouse.server.config;

import dev.gatehouse.gateway.upstream.BackendOptions;
import dev.gatehouse.identity.AddressRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code backends}: how backends are connected to.
 *
 * @param connections the most to one upstream
 * @param idle how long an unused connection is kept
 * @param age after which a connection is not used again
 * @param connect how long connecting may take
 * @param certificates a file of certificates that are trusted besides those of the JDK
 * @param allow addresses that may be backends although they are link-local or our own
 */
public record BackendSettings(
    int connections,
    Duration idle,
    Duration age,
    Duration connect,
    @Nullable Path certificates,
    List<AddressRange> allow) {
  private static final int MOST_CONNECTIONS = 100_000;

  public BackendSettings {
    allow = List.copyOf(allow);
  }

  /** What holds where nothing is said. */
  static BackendSettings defaults() {
    BackendOptions usual = BackendOptions.defaults();
    return new BackendSettings(
        usual.connections(), usual.idle(), usual.age(), usual.connect(), null, List.of());
  }

  static BackendSettings read(Section section, Kind<Path> path) {
    BackendSettings usual = defaults();
    Duration second = Duration.ofSeconds(1);
    return new BackendSettings(
        section.get("connections", Kind.number(1, MOST_CONNECTIONS), usual.connections()),
        section.get("idle", Kind.duration(second, Duration.ofHours(1)), usual.idle()),
        section.get("age", Kind.duration(second, Duration.ofHours(24)), usual.age()),
        section.get(
            "connect",
            Kind.duration(Duration.ofMillis(50), Duration.ofSeconds(30)),
            usual.connect()),
        section.get("certificates", path).orElse(null),
        section.list(
            "allow",
            Kind.text("an IP address, with or without its bits, such as 169.254.10.0/24")
                .to(AddressRange::parse)));
  }

  /** The same under the names of the file. */
  Map<String, Object> text() {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("connections", connections);
    text.put("idle", Units.text(idle));
    text.put("age", Units.text(age));
    text.put("connect", Units.text(connect));
    if (certificates != null) {
      text.put("certificates", certificates.toString());
    }
    text.put("allow", allow.stream().map(AddressRange::toString).toList());
    return text;
  }

  /**
   * The same for the data plane, with the certificates read.
   *
   * @throws WrongConfiguration where they cannot be
   */
  public BackendOptions options() {
    return new BackendOptions(connections, idle, age, connect, authorities(), allow);
  }

  private List<X509Certificate> authorities() {
    if (certificates == null) {
      return List.of();
    }
    try (InputStream pem = Files.newInputStream(certificates)) {
      List<X509Certificate> read =
          CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!read.isEmpty()) {
        return read;
      }
    } catch (IOException | CertificateException unreadable) {
      // said below
    }
    throw new WrongConfiguration(
        "backends.certificates: " + certificates + " is no PEM file with certificates");
  }
}
