package dev.gatehouse.gateway;

import dev.gatehouse.gateway.upstream.UpstreamConnection;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * A backend's answer on its way to the client: streamed, but where a mapping reads its body held
 * until as much of it is there as the mapping reads.
 *
 * <p>Data plane: part of its {@link HttpProxyCall}.
 */
final class ProxiedAnswer {
  private final HttpProxy proxy;
  private final Exchange exchange;
  private final boolean http10;

  private @Nullable UpstreamConnection upstream;
  private @Nullable HttpResponse mapped;
  private @Nullable HeldParts held;
  private long bytes;
  private boolean begun;
  private boolean keepsUpstream;

  ProxiedAnswer(HttpProxy proxy, Exchange exchange) {
    this.proxy = proxy;
    this.exchange = exchange;
    this.http10 = exchange.request().protocolVersion().equals(HttpVersion.HTTP_1_0);
  }

  /** Whether the backend has begun to answer. */
  boolean begun() {
    return begun;
  }

  /** Whether the backend keeps the connection open behind this answer. */
  boolean keepsUpstream() {
    return keepsUpstream;
  }

  /** Whether the head tells already that the body is over the limit. */
  boolean isTooLong(HttpResponse response) {
    return HttpUtil.getContentLength(response, 0L) > Limits.PAYLOAD_BYTES
        && !proxy.streams()
        && !exchange.method().equals(HttpMethod.HEAD);
  }

  /** Passes the head on. */
  void begin(HttpResponse response, @Nullable UpstreamConnection from) {
    keepsUpstream =
        HttpUtil.isKeepAlive(response) && !BackendAnswer.announcesForbiddenBody(response);
    begun = true;
    upstream = from;
    BackendAnswer.note(exchange.timeline(), response);
    BackendAnswer.prepare(exchange, response, http10);
    if (proxy.responseMapping().readsBody(response.status().code())) {
      hold(response);
      return;
    }
    proxy.responseMapping().apply(exchange, response, null);
    exchange.respondHead(response);
  }

  /** The answer is one to another protocol. */
  void switches(HttpResponse response) {
    begun = true;
    BackendAnswer.note(exchange.timeline(), response);
    WebSocketUpgrade.mark(response.headers());
  }

  /** The head goes on only when as much of the body is there as its mappings read. */
  private void hold(HttpResponse response) {
    HeldParts parts = new HeldParts(exchange.services().budget());
    mapped = response;
    held = parts;
    pauseUpstream(true);
    long length = HttpUtil.getContentLength(response, Limits.PAYLOAD_BYTES);
    parts.ask(length, exchange.worker().loop(), () -> pauseUpstream(false));
  }

  private void pauseUpstream(boolean pause) {
    if (upstream != null) {
      upstream.pauseReading(pause);
    }
  }

  /** Passes a part on, and its reference; false where the body proves over the limit. */
  boolean part(HttpContent content) {
    bytes += content.content().readableBytes();
    if (bytes > Limits.PAYLOAD_BYTES && !proxy.streams()) {
      content.release();
      return false;
    }
    HeldParts parts = held;
    if (parts == null || mapped == null) {
      exchange.respondPart(content);
      return true;
    }
    parts.add(content);
    if (parts.enough()) {
      map(mapped, parts);
    }
    return true;
  }

  /** Sends what was held for the mappings, now that it is enough. */
  private void map(HttpResponse response, HeldParts parts) {
    mapped = null;
    held = null;
    proxy.responseMapping().apply(exchange, response, parts.start());
    exchange.respondHead(response);
    for (HttpContent part = parts.next(); part != null; part = parts.next()) {
      exchange.respondPart(part);
    }
    parts.release();
    pauseUpstream(false);
  }

  /** Gives everything back; the backend's connection is not this answer's any more. */
  void release() {
    upstream = null;
    HeldParts parts = held;
    held = null;
    if (parts != null) {
      parts.release();
    }
  }
}
