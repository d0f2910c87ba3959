package dev.gatehouse.gateway;

import dev.gatehouse.gateway.net.HeaderText;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a Lambda event tells of a request: a copy, so that it can be written off the event loop
 * while the exchange goes its way.
 *
 * @param headers as sent, in order
 * @param traceId the value of {@code x-amzn-trace-id}
 * @param contentLength bytes of the request's body, whether the event has it or not
 * @param authorizer what the route's authorizer told; null where there is none
 * @param body empty where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record Event(
    LiveStage stage,
    LiveRoute route,
    String method,
    RequestLine line,
    String path,
    String pathWithStage,
    List<String> pathValues,
    List<Map.Entry<String, String>> headers,
    String sourceIp,
    String requestId,
    long startMillis,
    String traceId,
    long contentLength,
    @Nullable AuthorizerContext authorizer,
    byte[] body) {

  static Event of(Exchange exchange, byte[] body) {
    return of(exchange, body, body.length);
  }

  /** The same without the body, which authorizers are not shown. */
  static Event bodiless(Exchange exchange) {
    return of(exchange, new byte[0], HttpUtil.getContentLength(exchange.request(), 0L));
  }

  private static Event of(Exchange exchange, byte[] body, long contentLength) {
    HttpRequest request = exchange.request();
    HttpHeaders headers = request.headers();
    return new Event(
        exchange.stage(),
        exchange.route(),
        exchange.method().name(),
        exchange.line(),
        exchange.path(),
        exchange.pathWithStage(),
        exchange.pathValues(),
        HeaderText.lines(headers),
        ContextVariables.sourceIp(exchange),
        exchange.requestId(),
        exchange.startMillis(),
        TraceHeader.value(headers.get(TraceHeader.NAME), exchange),
        contentLength,
        exchange.authorizer(),
        body);
  }

  /** The same with another request line, and the path that it shows. */
  Event with(RequestLine newLine, String newPath) {
    return new Event(
        stage,
        route,
        method,
        newLine,
        path,
        newPath,
        pathValues,
        headers,
        sourceIp,
        requestId,
        startMillis,
        traceId,
        contentLength,
        authorizer,
        body);
  }

  /** The first value of a header as sent, or empty text. */
  String header(String name) {
    for (Map.Entry<String, String> line : headers) {
      if (line.getKey().equalsIgnoreCase(name)) {
        return line.getValue();
      }
    }
    return "";
  }

  /** The decoded path that events show: cut at a decoded question mark [L]. */
  String shownPath() {
    int mark = pathWithStage.indexOf('?');
    return mark < 0 ? pathWithStage : pathWithStage.substring(0, mark);
  }
}
