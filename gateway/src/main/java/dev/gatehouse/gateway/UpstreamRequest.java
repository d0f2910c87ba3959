package dev.gatehouse.gateway;

import dev.gatehouse.gateway.net.AddressText;
import dev.gatehouse.gateway.route.RequestPath;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
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
      ownHost(proxy, headers);
    } else {
      mapHeaders(proxy, exchange, headers);
    }
    headers.add(FORWARDED, forwarded(proxy, exchange, clientHost));
    headers.add(HttpHeaderNames.VIA, VIA_GATEWAY);
    TraceHeader.stamp(headers, exchange);
    request.setUri(target);
    request.setProtocolVersion(HttpVersion.HTTP_1_1);
    if (proxy.method() != null) {
      request.setMethod(proxy.method());
    }
    frame(request);
    return null;
  }

  /** Backends may insist on the length of what such a method sends, be it none. */
  private static void frame(HttpRequest request) {
    HttpMethod method = request.method();
    boolean sends =
        method.equals(HttpMethod.POST)
            || method.equals(HttpMethod.PUT)
            || method.equals(HttpMethod.PATCH);
    if (sends
        && !request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
        && !request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      request.headers().set(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderValues.ZERO);
    }
  }

  /** Mappings read the client's host; one that sets it goes before the backend's own name [L]. */
  private static void mapHeaders(HttpProxy proxy, Exchange exchange, HttpHeaders headers) {
    RequestMapping mapping = proxy.requestMapping();
    mapping.applyHeaders(exchange, headers);
    if (!mapping.mapsHost() || !headers.contains(HttpHeaderNames.HOST)) {
      ownHost(proxy, headers);
    }
  }

  /** Behind a URL the URL's host [L]; behind a VPC link the one that the client named [L]. */
  private static void ownHost(HttpProxy proxy, HttpHeaders headers) {
    if (proxy.destination() instanceof Destination.Url url) {
      headers.set(HttpHeaderNames.HOST, url.uri().authority());
    }
  }

  private static @Nullable String target(HttpProxy proxy, Exchange exchange) {
    String path = path(proxy, exchange);
    if (path == null) {
      return null;
    }
    String sent = exchange.line().rawQuery();
    String fixed = proxy.destination().query(exchange.route(), exchange.pathValues());
    String both = fixed.isEmpty() || sent.isEmpty() ? fixed + sent : fixed + "&" + sent;
    String query = proxy.requestMapping().query(exchange, both);
    return query.isEmpty() ? path : path + "?" + query;
  }

  /** The path that the backend gets; null where it could climb out of the URI's own. */
  private static @Nullable String path(HttpProxy proxy, Exchange exchange) {
    String mapped = proxy.requestMapping().path(exchange);
    if (mapped == null) {
      return proxy
          .destination()
          .path(exchange.route(), exchange.pathValues(), exchange.path(), exchange.pathWithStage());
    }
    return RequestPath.hasDotSegment(mapped)
        ? null
        : RequestPath.encode(mapped.startsWith("/") ? mapped : "/" + mapped);
  }

  private static void removeHopByHop(HttpHeaders headers) {
    HopByHop.remove(headers);
    headers.remove(HttpHeaderNames.EXPECT);
  }

  /**
   * {@code by=…;for=…;host=…;proto=https}, whatever the listener speaks, as AWS has it [C]; without
   * {@code by} behind a VPC link [L].
   */
  private static String forwarded(HttpProxy proxy, Exchange exchange, String clientHost) {
    String by =
        proxy.destination() instanceof Destination.Url
            ? "by=" + AddressText.node(exchange.connection().localAddress()) + ";"
            : "";
    return by
        + "for="
        + AddressText.node(ContextVariables.sourceIp(exchange))
        + ";host="
        + clientHost
        + ";proto=https";
  }
}
