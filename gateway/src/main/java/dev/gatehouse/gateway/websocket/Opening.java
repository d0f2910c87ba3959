package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.net.HeaderText;
import dev.gatehouse.gateway.net.TraceId;
import dev.gatehouse.gateway.net.Worker;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request that asked for a connection. Only {@code $connect} sees it [C].
 *
 * @param headers as sent, in order
 * @param traceId the value of {@code X-Amzn-Trace-Id}
 */
record Opening(List<Map.Entry<String, String>> headers, String rawQuery, String traceId) {
  Opening {
    headers = List.copyOf(headers);
  }

  /** One that came now; a trace begins here where the client brings none. */
  static Opening of(Worker worker, HttpHeaders headers, String rawQuery, long now) {
    String trace = headers.get("x-amzn-trace-id");
    return new Opening(
        HeaderText.lines(headers),
        rawQuery,
        trace == null ? "Root=" + TraceId.of(worker, now) : trace);
  }

  /** The first value of a header; null where it was not sent. */
  @Nullable String header(String name) {
    for (Map.Entry<String, String> line : headers) {
      if (line.getKey().equalsIgnoreCase(name)) {
        return line.getValue();
      }
    }
    return null;
  }
}
