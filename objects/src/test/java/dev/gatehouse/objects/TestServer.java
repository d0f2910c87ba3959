package dev.gatehouse.objects;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import dev.gatehouse.wire.http.HttpService;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A small HTTP server on virtual threads in front of a service. */
final class TestServer implements AutoCloseable {
  private final HttpService service;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  TestServer(HttpService service) throws IOException {
    this.service = service;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpReply reply = service.handle(call(exchange));
      if (reply.status() >= 400) {
        // this server says 100 Continue by itself; a client that still sends would miss the answer
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
      }
      reply
          .headers()
          .lines()
          .forEach(line -> exchange.getResponseHeaders().add(line.name(), line.value()));
      boolean head = exchange.getRequestMethod().equals("HEAD");
      switch (reply.content()) {
        case HttpReply.Bytes(byte[] bytes) -> {
          exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
        }
        case HttpReply.Stream(InputStream stream, long length) -> {
          try (stream) {
            if (head) {
              exchange.getResponseHeaders().set("Content-Length", "" + Math.max(length, 0));
            }
            boolean empty = head || length == 0;
            exchange.sendResponseHeaders(reply.status(), empty ? -1 : Math.max(length, 0));
            stream.transferTo(exchange.getResponseBody());
          }
        }
      }
    }
  }

  private static HttpCall call(HttpExchange exchange) {
    List<Headers.Header> lines = new ArrayList<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> values.forEach(v -> lines.add(new Headers.Header(name, v))));
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    boolean chunked = exchange.getRequestHeaders().containsKey("Transfer-Encoding");
    return new HttpCall(
        exchange.getRequestMethod(),
        exchange.getRequestURI().toString(),
        new Headers(lines),
        exchange.getRequestBody(),
        length != null ? Long.parseLong(length) : chunked ? -1 : 0,
        exchange.getRemoteAddress(),
        false);
  }
}
