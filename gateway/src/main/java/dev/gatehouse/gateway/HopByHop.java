package dev.gatehouse.gateway;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;

/** Headers that concern one connection only and are never passed on (http-api.md 5.2 [L]). */
final class HopByHop {
  private static final AsciiString[] NAMES = {
    HttpHeaderNames.CONNECTION,
    AsciiString.cached("keep-alive"),
    HttpHeaderNames.TE,
    HttpHeaderNames.UPGRADE,
    HttpHeaderNames.PROXY_AUTHENTICATE,
    HttpHeaderNames.PROXY_AUTHORIZATION,
    AsciiString.cached("proxy-connection"),
    HttpHeaderNames.TRAILER
  };

  private HopByHop() {}

  /** Removes them, and what a {@code connection} header names, however many lines it has. */
  static void remove(HttpHeaders headers) {
    if (headers.contains(HttpHeaderNames.CONNECTION)) {
      headers.getAll(HttpHeaderNames.CONNECTION).forEach(line -> removeNamed(headers, line));
    }
    for (AsciiString name : NAMES) {
      headers.remove(name);
    }
  }

  /** What comes behind a body is not passed on: no mapping and no rule for headers sees it. */
  static void dropTrailers(HttpContent content) {
    if (content instanceof LastHttpContent last && !last.trailingHeaders().isEmpty()) {
      last.trailingHeaders().clear();
    }
  }

  /** Except what frames the body. */
  private static void removeNamed(HttpHeaders headers, String connection) {
    for (String name : connection.split(",")) {
      String trimmed = name.trim();
      boolean framing =
          trimmed.equalsIgnoreCase("content-length")
              || trimmed.equalsIgnoreCase("transfer-encoding")
              || trimmed.equalsIgnoreCase("host");
      if (!trimmed.isEmpty() && !framing) {
        headers.remove(trimmed);
      }
    }
  }
}
