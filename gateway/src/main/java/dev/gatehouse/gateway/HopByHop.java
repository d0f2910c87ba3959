package dev.gatehouse.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
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

  static void remove(HttpHeaders headers) {
    for (AsciiString name : NAMES) {
      headers.remove(name);
    }
  }

  /** Removes what a {@code connection} header names, except what frames the body. */
  static void removeNamed(HttpHeaders headers, String connection) {
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
