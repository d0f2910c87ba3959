package dev.gatehouse.gateway;

import dev.gatehouse.gateway.balance.Passage;
import dev.gatehouse.gateway.upstream.UpstreamConnection;
import dev.gatehouse.gateway.upstream.UpstreamListener;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to a backend and its answer on the way back, both streamed, each side
 * slowing the other down when it falls behind.
 *
 * <p>The integration's clock runs while the backend is what is waited for: from the moment the
 * request is complete, and while connecting. A client that sends or takes slowly has a clock of its
 * own.
 */
final class HttpProxyCall implements Call, UpstreamListener {
  private final HttpProxy proxy;
  private final Exchange exchange;
  private final RequestParts parts = new RequestParts();
  private final ProxiedAnswer answer;
  private final Passage passage;

  private @Nullable UpstreamConnection upstream;
  private long requestBytes;
  private boolean requestEnded;
  private boolean dirty;
  private boolean starting;
  private boolean informational;
  private boolean asksForWebSocket;

  HttpProxyCall(HttpProxy proxy, Exchange exchange) {
    this.proxy = proxy;
    this.exchange = exchange;
    this.answer = new ProxiedAnswer(proxy, exchange);
    this.passage =
        new Passage(
            proxy.destination().target(),
            exchange.worker(),
            exchange.services().upstreams(exchange.worker()),
            this);
  }

  @Override
  public void start() {
    HttpRequest request = exchange.request();
    if (HttpUtil.getContentLength(request, 0L) > Limits.PAYLOAD_BYTES) {
      exchange.fault(Fault.TOO_LARGE, "the body is over the limit");
      return;
    }
    asksForWebSocket = proxy.passesWebSockets() && WebSocketUpgrade.isAsked(request);
    Fault fault = UpstreamRequest.prepare(proxy, exchange);
    if (fault != null) {
      exchange.fault(fault, "the path cannot be passed on");
      return;
    }
    if (asksForWebSocket) {
      WebSocketUpgrade.mark(request.headers());
    }
    exchange.connection().sendContinue();
    exchange.allow(proxy.timeoutMillis());
    starting = true;
    if (!passage.begin()) {
      exchange.fault(Fault.UNAVAILABLE, "no upstream of " + passage + " is well");
    }
    starting = false;
  }

  @Override
  public void connected(UpstreamConnection connection) {
    if (exchange.ended()) {
      connection.release();
      return;
    }
    upstream = connection;
    exchange.timeline().connected(connection.origin(), !starting);
    connection.write(exchange.request());
    parts.begin(connection, exchange.request().method(), passage.hasChoice());
    dirty = true;
    if (!requestEnded) {
      exchange.allow(Limits.CLIENT_MILLIS);
    }
    if (!starting) {
      contentPaused();
      exchange.connection().pauseReading(!connection.writable());
    }
  }

  @Override
  public void content(HttpContent content) {
    HopByHop.dropTrailers(content);
    requestBytes += content.content().readableBytes();
    if (requestBytes > Limits.PAYLOAD_BYTES) {
      content.release();
      abandon();
      exchange.fault(Fault.TOO_LARGE, "the body is over the limit");
      return;
    }
    if (content instanceof LastHttpContent) {
      requestEnded = true;
      if (requestBytes > 0) {
        exchange.timeline().complete();
      }
      exchange.allow(proxy.timeoutMillis());
    } else if (upstream != null) {
      exchange.allow(Limits.CLIENT_MILLIS);
    }
    if (upstream == null) {
      if (parts.hold(content) && !requestEnded) {
        exchange.connection().pauseReading(true);
      }
      return;
    }
    parts.send(upstream, content);
    dirty = true;
    if (!requestEnded && !upstream.writable()) {
      exchange.connection().pauseReading(true);
      exchange.allow(proxy.timeoutMillis());
    }
  }

  @Override
  public void contentPaused() {
    if (dirty && upstream != null) {
      dirty = false;
      upstream.flush();
    }
  }

  @Override
  public void writable() {
    if (!requestEnded) {
      exchange.connection().pauseReading(false);
      exchange.allow(Limits.CLIENT_MILLIS);
    }
  }

  @Override
  public void clientWritable(boolean writable) {
    if (upstream != null && answer.begun()) {
      upstream.pauseReading(!writable);
      exchange.allow(writable ? proxy.timeoutMillis() : Limits.CLIENT_MILLIS);
    }
  }

  @Override
  public void head(HttpResponse response) {
    informational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (informational) {
      if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
        switchProtocol(response);
      }
      return;
    }
    passage.answered();
    parts.forget();
    if (answer.isTooLong(response)) {
      abandon();
      exchange.fault(Fault.INTERNAL, "the backend's response is over the limit");
      return;
    }
    exchange.releaseGrant();
    goesOn();
    answer.begin(response, upstream);
  }

  /** Only who was asked for another protocol may switch to it. */
  private void switchProtocol(HttpResponse response) {
    UpstreamConnection connection = upstream;
    if (!asksForWebSocket || connection == null) {
      abandon();
      exchange.fault(Fault.INTERNAL, "backend " + passage + " switches protocols unasked");
      return;
    }
    upstream = null;
    passage.answered();
    passage.end();
    releaseParts();
    answer.switches(response);
    Tunnel.open(exchange, connection, response);
  }

  @Override
  public void part(HttpContent content) {
    if (informational) {
      content.release();
      return;
    }
    goesOn();
    HopByHop.dropTrailers(content);
    boolean last = content instanceof LastHttpContent;
    if (!answer.part(content)) {
      abandon();
      exchange.cut();
    } else if (last) {
      finish();
    }
  }

  /** What is streamed may take as long as it likes, as long as it does not stop. */
  private void goesOn() {
    if (proxy.streams() && requestEnded) {
      exchange.allow(proxy.timeoutMillis());
    }
  }

  private void finish() {
    UpstreamConnection done = upstream;
    upstream = null;
    passage.end();
    if (done != null && requestEnded && answer.keepsUpstream()) {
      done.release();
    } else if (done != null) {
      done.close();
    }
    releaseParts();
    exchange.end();
  }

  @Override
  public void paused() {
    if (answer.begun() && !exchange.ended()) {
      exchange.connection().flush();
      if (!exchange.connection().writable()) {
        clientWritable(false);
      }
    }
  }

  @Override
  public void failed(Failure failure) {
    UpstreamConnection lost = upstream;
    upstream = null;
    if (exchange.ended()) {
      releaseParts();
      return;
    }
    if (sendAgain(failure, lost)) {
      return;
    }
    String where = "backend " + passage + ": " + failure;
    passage.end();
    releaseParts();
    exchange.fault(Fault.of(failure), where);
  }

  /**
   * Sends the request once more where no backend can have done anything because of it, or where
   * doing it twice is as good as once.
   */
  private boolean sendAgain(Failure failure, @Nullable UpstreamConnection lost) {
    if (answer.begun()) {
      return false;
    }
    if (lost == null) { // nothing was sent
      return passage.elsewhere();
    }
    if (failure != Failure.CUT || !parts.restore()) {
      passage.unanswered();
      return false;
    }
    if (lost.reused()) { // says nothing about the upstream
      passage.again();
      return true;
    }
    return passage.elsewhere();
  }

  @Override
  public void timedOut() {
    if (!answer.begun() && requestEnded) {
      passage.unanswered();
    }
    abandon();
  }

  @Override
  public void abandon() {
    UpstreamConnection open = upstream;
    upstream = null;
    passage.end();
    if (open != null) {
      open.close();
    }
    releaseParts();
  }

  private void releaseParts() {
    answer.release();
    parts.release();
  }
}
