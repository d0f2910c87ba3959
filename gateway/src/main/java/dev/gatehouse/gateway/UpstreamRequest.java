package dev.gatehouse.gateway;

import dev.gatehouse.gateway.route.RequestPath;
import dev.gatehouse.gateway.upstream.UriTemplate;
import dev.gatehouse.model.RouteKey;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a client's request into the one that a backend gets (http-api.md 5.1 and 5.2). */
final class UpstreamRequest {
  private static final AsciiString FORWARDED = AsciiString.cached("forwarded");
  private static final AsciiString VIA_GATEWAY = AsciiString.cached("HTTP/1.1 AmazonAPIGateway");

  private UpstreamRequest() {}

  /**
   * Changes the request in place, so that a request costs no second set of headers.
   *
   * @return what forbids it, or null
   */
  static @Nullable Fault prepare(HttpProxy proxy, Exchange exchange) {
    String target = target(proxy, exchange);
    if (target == null) {
      return Fault.BAD_REQUEST;
    }
    HttpRequest request = exchange.request();
    HttpHeaders headers = request.headers();
    String clientHost = exchange.line().domainName();
    removeHopByHop(headers);
    if (proxy.requestMapping().headers().isEmpty()) {
      headers.set(HttpHeaderNames.HOST, proxy.uri().authority());
    } else {
      mapHeaders(proxy, exchange, headers);
    }
    headers.add(FORWARDED, forwarded(exchange, clientHost));
    headers.add(HttpHeaderNames.VIA, VIA_GATEWAY);
    TraceHeader.stamp(headers, exchange);
    request.setUri(target);
    request.setProtocolVersion(HttpVersion.HTTP_1_1);
    if (proxy.method() != null) {
      request.setMethod(proxy.method());
    }
    return null;
  }

  /** Mappings read the client's host; one that sets it goes before the backend's own name [L]. */
  private static void mapHeaders(HttpProxy proxy, Exchange exchange, HttpHeaders headers) {
    RequestMapping mapping = proxy.requestMapping();
    mapping.applyHeaders(exchange, headers);
    if (!mapping.mapsHost() || !headers.contains(HttpHeaderNames.HOST)) {
      headers.set(HttpHeaderNames.HOST, proxy.uri().authority());
    }
  }

  private static @Nullable String target(HttpProxy proxy, Exchange exchange) {
    String path = path(proxy, exchange);
    if (path == null) {
      return null;
    }
    String query = proxy.requestMapping().query(exchange, exchange.line().rawQuery());
    String fixed = proxy.uri().query();
    if (fixed.isEmpty()) {
      return query.isEmpty() ? path : path + "?" + query;
    }
    return path + "?" + fixed + (query.isEmpty() ? "" : "&" + query);
  }

  /** The path that the backend gets; null where it could climb out of the URI's own. */
  private static @Nullable String path(HttpProxy proxy, Exchange exchange) {
    String mapped = proxy.requestMapping().path(exchange);
    if (mapped == null) {
      return path(proxy.uri(), exchange.route(), exchange.pathValues(), exchange.path());
    }
    return RequestPath.hasDotSegment(mapped)
        ? null
        : RequestPath.encode(mapped.startsWith("/") ? mapped : "/" + mapped);
  }

  /** The same where no mapping sets it. */
  static @Nullable String path(
      UriTemplate uri, LiveRoute route, List<String> values, String requestPath) {
    boolean appends = appendsPath(route);
    if ((appends || !values.isEmpty()) && RequestPath.hasDotSegment(requestPath)) {
      return null;
    }
    String path = uri.path(route.variables(), values);
    if (appends) {
      String base = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
      path = base + RequestPath.encode(requestPath);
    }
    return path.isEmpty() ? "/" : path;
  }

  /** Behind the {@code $default} route the request's whole path follows the URI's [C]. */
  private static boolean appendsPath(LiveRoute route) {
    return route.pathTemplate().equals(RouteKey.DEFAULT);
  }

  private static void removeHopByHop(HttpHeaders headers) {
    String connection = headers.get(HttpHeaderNames.CONNECTION);
    if (connection != null) {
      HopByHop.removeNamed(headers, connection);
    }
    HopByHop.remove(headers);
    headers.remove(HttpHeaderNames.EXPECT);
  }

  /** {@code by=…;for=…;host=…;proto=https}, whatever the listener speaks, as AWS has it [C]. */
  private static String forwarded(Exchange exchange, String clientHost) {
    return "by="
        + exchange.connection().localAddress()
        + ";for="
        + ContextVariables.sourceIp(exchange)
        + ";host="
        + clientHost
        + ";proto=https";
  }
}
