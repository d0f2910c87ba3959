package dev.gatehouse.cli.socket;

import dev.gatehouse.cli.remote.CallFailed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Which authorities are trusted. A server on this machine tells its development CA itself: nobody
 * is between it and us. Whom another machine says is to be trusted is not.
 */
final class Trust {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Trust() {}

  /** Empty where the usual ones are meant. */
  static Optional<SSLContext> of(URI place, @Nullable Path authorities)
      throws IOException, InterruptedException {
    if (!"wss".equals(String.valueOf(place.getScheme()).toLowerCase(Locale.ROOT))) {
      return Optional.empty();
    }
    if (authorities != null) {
      return Optional.of(context(read(authorities)));
    }
    return isHere(place) ? own(place).map(Trust::context) : Optional.empty();
  }

  private static byte[] read(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException missing) {
      throw new CallFailed(0, "there is no file " + file + "; check --ca");
    }
  }

  static boolean isHere(URI place) {
    String host = String.valueOf(place.getHost()).replaceAll("[\\[\\]]", "");
    if (host.equals("localhost") || host.endsWith(".localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException name) {
      return false;
    }
  }

  /** Clear text and TLS share a Gatehouse's port. */
  private static Optional<byte[]> own(URI place) throws InterruptedException {
    int port = place.getPort() < 0 ? 443 : place.getPort();
    URI asked = URI.create("http://" + place.getHost() + ":" + port + "/_gatehouse/ca.pem");
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<byte[]> reply =
          http.send(
              HttpRequest.newBuilder(asked).timeout(PATIENCE).build(), BodyHandlers.ofByteArray());
      return reply.statusCode() == 200 ? Optional.of(reply.body()) : Optional.empty();
    } catch (IOException noGatehouse) {
      return Optional.empty();
    }
  }

  private static SSLContext context(byte[] pem) {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate each :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))) {
        trusted.setCertificateEntry("authority-" + trusted.size(), each);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException wrong) {
      throw new CallFailed(0, "these are no certificates in PEM: " + wrong.getMessage());
    }
  }
}
