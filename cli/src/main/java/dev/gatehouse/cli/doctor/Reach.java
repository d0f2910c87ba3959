package dev.gatehouse.cli.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/** Whether something listens where a URL leads, seen from where the command runs. */
final class Reach {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private Reach() {}

  /** Why not; empty where something listens. */
  static Optional<String> problem(URI url) {
    int port = url.getPort() > 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
    InetAddress address;
    try {
      address = InetAddress.getByName(url.getHost());
    } catch (UnknownHostException e) {
      return Optional.of("the name " + url.getHost() + " does not resolve");
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), (int) PATIENCE.toMillis());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("nothing listens on port " + port + " of " + url.getHost());
    }
  }
}
