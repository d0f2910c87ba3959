package dev.gatehouse.server.otlp;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.server.config.OtlpSettings;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Reads what is sent to it with the classes that OTLP's own definitions make. */
final class TraceReceiver implements AutoCloseable {
  private final HttpServer server;
  private final Queue<ExportTraceServiceRequest> received = new ConcurrentLinkedQueue<>();
  private final Queue<String> tokens = new ConcurrentLinkedQueue<>();

  private TraceReceiver(int status) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          try (exchange) {
            tokens.add(exchange.getRequestHeaders().getFirst("X-Token"));
            received.add(ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()));
            exchange.sendResponseHeaders(status, -1);
          }
        });
    server.start();
  }

  /** One that answers each request with that status. */
  static TraceReceiver answering(int status) throws IOException {
    return new TraceReceiver(status);
  }

  OtlpSettings settings() {
    return new OtlpSettings(URI.create(url()), Map.of("X-Token", "t"));
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<ExportTraceServiceRequest> received() {
    return List.copyOf(received);
  }

  List<String> tokens() {
    return List.copyOf(tokens);
  }

  /** All spans that have come. */
  List<Span> spans() {
    return received.stream()
        .flatMap(request -> request.getResourceSpansList().stream())
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
