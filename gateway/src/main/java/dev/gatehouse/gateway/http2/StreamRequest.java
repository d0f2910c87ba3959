package dev.gatehouse.gateway.http2;

import dev.gatehouse.gateway.net.Worker;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request as HTTP/1.1 has it. One that could be read in two ways is none: the checks
 * are those of RFC 9113, section 8, beyond what the codec has checked already.
 */
final class StreamRequest {
  private static final String WEBSOCKET = "websocket";

  /** In HTTP/2 names have no case; functions know these as clients of HTTP/1.1 write them. */
  private static final Map<String, String> CASED =
      Map.of(
          "sec-websocket-version", "Sec-WebSocket-Version",
          "sec-websocket-protocol", "Sec-WebSocket-Protocol",
          "sec-websocket-extensions", "Sec-WebSocket-Extensions",
          "origin", "Origin",
          "user-agent", "User-Agent",
          "cookie", "Cookie",
          "authorization", "Authorization");

  private StreamRequest() {}

  /** Whether the stream is to be bytes: an extended CONNECT (RFC 8441, section 4). */
  static boolean asksForBytes(Http2Headers headers) {
    return headers.contains(PseudoHeaderName.PROTOCOL.value());
  }

  /** Whether the stream is to be something else than a WebSocket. */
  static boolean asksForUnknown(Http2Headers headers) {
    CharSequence protocol = headers.get(PseudoHeaderName.PROTOCOL.value());
    return protocol != null && !WEBSOCKET.contentEquals(protocol);
  }

  /**
   * The request; null where it is malformed.
   *
   * @param ended whether it has no body
   */
  static @Nullable HttpRequest of(Http2Headers headers, boolean ended, Worker worker) {
    boolean extended = asksForBytes(headers);
    String method = text(headers.method());
    String host = host(headers);
    if (method == null
        || host == null
        || (headers.scheme() == null) == !isPlainConnect(method, extended)) {
      return null;
    }
    String target = isPlainConnect(method, extended) ? host : text(headers.path());
    boolean connects = method.equals("CONNECT");
    if (target == null || !isTarget(target) || (extended && (!connects || ended))) {
      return null;
    }
    try {
      HttpMethod asked = extended ? HttpMethod.GET : HttpMethod.valueOf(method);
      HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, asked, target);
      request.headers().set(HttpHeaderNames.HOST, host);
      copy(headers, request.headers(), extended);
      if (extended) {
        upgrade(request.headers(), worker);
      } else if (!ended && !request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
        request.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
      }
      return request;
    } catch (IllegalArgumentException unsendable) {
      return null;
    }
  }

  private static boolean isPlainConnect(String method, boolean extended) {
    return method.equals("CONNECT") && !extended;
  }

  private static @Nullable String text(@Nullable CharSequence value) {
    return value == null ? null : value.toString();
  }

  /** The authority; where a host is sent besides, both must say the same. */
  private static @Nullable String host(Http2Headers headers) {
    String authority = text(headers.authority());
    String host = text(headers.get(HttpHeaderNames.HOST));
    if (authority == null) {
      return host;
    }
    boolean same = host == null || host.equals(authority);
    return same && authority.indexOf('@') < 0 ? authority : null;
  }

  private static boolean isTarget(String target) {
    return !target.isEmpty() && target.chars().allMatch(letter -> letter > ' ' && letter != 0x7f);
  }

  private static void copy(Http2Headers from, HttpHeaders to, boolean cased) {
    for (Map.Entry<CharSequence, CharSequence> line : from) {
      String name = line.getKey().toString();
      if (name.startsWith(":") || name.equals("host")) {
        continue;
      }
      String shown = cased ? CASED.getOrDefault(name, name) : name;
      String before = name.equals("cookie") ? to.get(HttpHeaderNames.COOKIE) : null;
      if (before == null) {
        to.add(shown, line.getValue());
      } else { // each crumb is a header of its own (RFC 9113, section 8.2.3)
        to.set(shown, before + "; " + line.getValue());
      }
    }
  }

  /** What RFC 8441 leaves out, and everyone who sees an upgrade knows. */
  private static void upgrade(HttpHeaders headers, Worker worker) {
    ByteBuffer key = ByteBuffer.allocate(16);
    key.putLong(worker.randomBits()).putLong(worker.randomBits());
    headers
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
        .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
        .set("Sec-WebSocket-Key", Base64.getEncoder().encodeToString(key.array()));
  }
}
