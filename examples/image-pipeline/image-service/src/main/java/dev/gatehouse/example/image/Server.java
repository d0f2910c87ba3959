package dev.gatehouse.example.image;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP side: two paths, JSON in and out, one line of log a request. */
final class Server implements AutoCloseable {

  /** Bytes of a request body at most. */
  static final int MAX_REQUEST = 16 * 1024;

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer http;
  private final ExecutorService threads;
  private final Invocations invocations;

  private Server(HttpServer http, Invocations invocations) {
    this.http = http;
    this.invocations = invocations;
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
  }

  /**
   * A running server.
   *
   * @param address port 0 takes a free one
   */
  static Server start(InetSocketAddress address, Invocations invocations) throws IOException {
    Server server = new Server(HttpServer.create(address, 0), invocations);
    server.http.setExecutor(server.threads);
    server.http.createContext("/", server::serve);
    server.http.start();
    return server;
  }

  InetSocketAddress address() {
    return http.getAddress();
  }

  /** Lets what runs finish, for two seconds at most. */
  @Override
  public void close() {
    http.stop(2);
    threads.shutdownNow();
  }

  private record Answer(int status, String json) {}

  private void serve(HttpExchange exchange) throws IOException {
    long start = System.nanoTime();
    try (exchange) {
      Answer answer = answer(exchange);
      byte[] body = answer.json().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("content-type", "application/json");
      exchange.sendResponseHeaders(
          answer.status(), "HEAD".equals(method(exchange)) ? -1 : body.length);
      if (!"HEAD".equals(method(exchange))) {
        exchange.getResponseBody().write(body);
      }
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      System.out.println(
          method(exchange)
              + " "
              + exchange.getRequestURI().getRawPath()
              + " "
              + answer.status()
              + " in "
              + millis
              + " ms");
    }
  }

  private static String method(HttpExchange exchange) {
    return exchange.getRequestMethod();
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    try {
      return switch (exchange.getRequestURI().getPath()) {
        case "/ping" -> {
          allow(exchange, "GET", "HEAD");
          yield new Answer(200, "{\"status\":\"ok\"}");
        }
        case "/invocations" -> {
          allow(exchange, "POST");
          yield new Answer(200, invocations.handle(body(exchange)));
        }
        default -> throw new Refusal(404, "there is only /ping and /invocations");
      };
    } catch (Refusal refusal) {
      return new Answer(refusal.status(), message(refusal.reason()));
    } catch (RuntimeException e) {
      e.printStackTrace();
      return new Answer(500, message("something went wrong; the service's log says what"));
    }
  }

  private static String message(String text) {
    return JSON.createObjectNode().put("message", text).toString();
  }

  private static void allow(HttpExchange exchange, String... methods) {
    for (String method : methods) {
      if (method.equals(method(exchange))) {
        return;
      }
    }
    exchange.getResponseHeaders().set("allow", String.join(", ", methods));
    throw new Refusal(405, "use " + String.join(" or ", methods));
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_REQUEST + 1);
    if (body.length > MAX_REQUEST) {
      throw new Refusal(413, "the request is longer than " + MAX_REQUEST + " bytes");
    }
    return body;
  }
}
