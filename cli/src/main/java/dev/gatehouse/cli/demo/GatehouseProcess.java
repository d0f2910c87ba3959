package dev.gatehouse.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** {@code gatehouse serve} as a child, ready to be called. */
record GatehouseProcess(Child child, URI url) {

  /** Where local AWS tooling looks. */
  private static final int USUAL_PORT = 4566;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What is done while one is up. */
  @FunctionalInterface
  interface Work {
    void at(URI url, HttpClient http);
  }

  /**
   * Starts one as a first step, and works with it; it stays up afterwards.
   *
   * @throws DemoFailure where a step fails or a check does not hold; it has the end of the log
   */
  static void during(Distribution distribution, Workplace place, Steps steps, Work work) {
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      GatehouseProcess gatehouse =
          steps.run(
              "Gatehouse",
              () -> {
                var started = start(distribution, place.folder(), place.children(), http);
                return new Steps.Outcome<>(started, "is up on " + started.url());
              });
      Child child = gatehouse.child();
      try {
        work.at(gatehouse.url(), http);
      } catch (DemoFailure e) {
        throw child.process().isAlive()
            ? new DemoFailure(e.getMessage() + "\n" + "Gatehouse" + child.tail(), e)
            : child.failure("ended while the demo ran: " + e.getMessage());
      }
    }
  }

  /** Starts it on a fresh data directory, on the usual port or, where that is taken, a free one. */
  private static GatehouseProcess start(
      Distribution distribution, Path folder, Children children, HttpClient http)
      throws IOException, InterruptedException {
    int port = isFree(USUAL_PORT) ? USUAL_PORT : free();
    ProcessBuilder serve =
        new ProcessBuilder(
            distribution.launcher().toString(),
            "serve",
            "--port",
            String.valueOf(port),
            "--data",
            folder.resolve("data").toString());
    Child child = Child.start("gatehouse", folder, serve, children);
    URI url = URI.create("http://127.0.0.1:" + port);
    child.await(() -> healthy(http, url));
    return new GatehouseProcess(child, url);
  }

  private static Optional<Boolean> healthy(HttpClient http, URI url) {
    HttpRequest health =
        HttpRequest.newBuilder(url.resolve("/_gatehouse/health"))
            .timeout(Duration.ofSeconds(10))
            .build();
    try {
      int status = http.send(health, BodyHandlers.discarding()).statusCode();
      return status == 200 ? Optional.of(true) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
