package dev.gatehouse.gateway.http2;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The headers of an answer as HTTP/2 has them: in lower case, and none that are a connection's. */
final class StreamAnswer {
  private static final Set<String> OF_CONNECTION =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "transfer-encoding",
          "upgrade",
          "sec-websocket-accept");

  private StreamAnswer() {}

  static Http2Headers headers(HttpResponse response) {
    Http2Headers headers = new DefaultHttp2Headers(false, response.headers().size() + 1);
    var lines = response.headers().iteratorCharSequence();
    while (lines.hasNext()) {
      Map.Entry<CharSequence, CharSequence> line = lines.next();
      String name = line.getKey().toString().toLowerCase(Locale.ROOT);
      if (!OF_CONNECTION.contains(name)) {
        headers.add(name, line.getValue());
      }
    }
    return headers;
  }
}
