package dev.gatehouse.conformance.rig;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Issuers of tokens behind one port, each below a path of its own. Their names lead nowhere; a
 * server finds them by its configuration.
 */
final class Issuers implements AutoCloseable {
  private static final int MANY = 40;

  private final HttpServer server;
  private final List<Issuer> all = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();

  private Issuers(HttpServer server) {
    this.server = server;
    for (int i = 0; i < MANY; i++) {
      all.add(new Issuer("https://issuer.invalid/" + i));
    }
  }

  static Issuers start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 16);
    Issuers issuers = new Issuers(server);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", issuers::serve);
    server.start();
    return issuers;
  }

  private void serve(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/", 3);
    try (exchange) {
      all.get(Integer.parseInt(path[1])).serve(exchange, path[2]);
    }
  }

  /** The part of a server's configuration that leads to them. */
  String configuration() {
    String place = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    return all.stream()
        .map(Issuer::name)
        .map(name -> "'" + name + "': '" + place + name.substring(name.lastIndexOf('/') + 1) + "'")
        .collect(Collectors.joining(", ", "issuers: {", "}\n"));
  }

  Issuer fresh() {
    return all.get(next.getAndIncrement());
  }

  @Override
  public void close() {
    all.forEach(Issuer::release);
    server.stop(0);
  }
}
