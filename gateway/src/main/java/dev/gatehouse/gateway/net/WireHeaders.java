package dev.gatehouse.gateway.net;

import dev.gatehouse.wire.http.Headers;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The header lines of a request as services and signatures take them. */
public final class WireHeaders {
  private WireHeaders() {}

  /** A copy in the order received. */
  public static Headers of(HttpHeaders headers) {
    List<Headers.Header> lines = new ArrayList<>(headers.size());
    for (Map.Entry<String, String> line : headers) {
      lines.add(new Headers.Header(line.getKey(), line.getValue()));
    }
    return new Headers(lines);
  }
}
