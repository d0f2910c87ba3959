package dev.gatehouse.conformance.rig;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An HTTP server behind the gateway, that tells what it was asked. */
public final class Backend implements AutoCloseable {
  /** A thousand clients may come at once. */
  private static final int BACKLOG = 1_024;

  private final HttpServer server;
  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

  /**
   * What the backend was asked.
   *
   * @param target raw path and query
   * @param headers names in lower case
   */
  public record Request(
      String method, String target, Map<String, List<String>> headers, byte[] body) {}

  /** Answers a request; the body has been read. */
  public interface Answer {
    /** Sends headers and body. */
    void to(HttpExchange exchange) throws IOException;
  }

  private Backend(HttpServer server) {
    this.server = server;
  }

  /** Starts a backend that answers 200 and {@code ok}. */
  public static Backend start() throws IOException {
    return start(exchange -> text(exchange, 200, "ok"));
  }

  /** Starts a backend. */
  public static Backend start(Answer answer) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), BACKLOG);
    Backend backend = new Backend(server);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> backend.serve(exchange, answer));
    server.start();
    return backend;
  }

  private void serve(HttpExchange exchange, Answer answer) throws IOException {
    try (exchange) {
      Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      headers.putAll(exchange.getRequestHeaders());
      requests.add(
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              headers,
              exchange.getRequestBody().readAllBytes()));
      answer.to(exchange);
    }
  }

  /** Sends a text. */
  public static void text(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** The oldest request not yet taken; it must come within a moment. */
  public Request taken() throws InterruptedException {
    Request request = requests.poll(10, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("The backend was not asked");
    }
    return request;
  }

  /** Whether every request has been taken. */
  public boolean idle() {
    return requests.isEmpty();
  }

  /** The URL without a path. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** A URL where nobody listens. */
  public static String dead() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
