package dev.gatehouse.gateway;

import dev.gatehouse.gateway.net.ClientConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to one request on its way to the client. Every one carries the date and the request's
 * id; faults are rendered here and nowhere else.
 *
 * <p>Data plane: part of its exchange.
 */
final class Answer {
  private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

  private final Exchange exchange;
  private boolean begun;

  Answer(Exchange exchange) {
    this.exchange = exchange;
  }

  /** A response with a whole body and nothing but its length among the headers. */
  static DefaultFullHttpResponse of(HttpResponseStatus status, ByteBuf body) {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    boolean none =
        status.equals(HttpResponseStatus.NO_CONTENT)
            || status.equals(HttpResponseStatus.NOT_MODIFIED);
    if (!none) {
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    }
    return response;
  }

  /** Answers with one of the gateway's own errors and more headers. */
  void fault(Fault fault, String reason, HttpHeaders more) {
    if (fault.status().code() >= HttpResponseStatus.INTERNAL_SERVER_ERROR.code()) {
      LOG.info("{} for request {}: {}", fault.status().code(), exchange.requestId(), reason);
    }
    exchange.timeline().failed(fault, reason);
    if (begun) {
      exchange.cut();
      return;
    }
    HttpResponse response = of(fault.status(), Unpooled.wrappedBuffer(fault.body()));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
    response.headers().add(more);
    whole(response);
  }

  /** Answers with a response whose body is complete. */
  void whole(HttpResponse response) {
    overlayCors(response.headers());
    asIs(response);
  }

  /** Answers with a response whose body is complete, and that says itself what CORS allows. */
  void asIs(HttpResponse response) {
    begin(response);
    if (response instanceof HttpContent body) {
      count(body);
    }
    exchange.connection().writeHead(response);
    exchange.end();
  }

  /** Begins the answer with the head of an integration's response; its body follows. */
  void head(HttpResponse response) {
    overlayCors(response.headers());
    begin(response);
    exchange.connection().writeHead(response);
  }

  /** Passes a part of an integration's response on. */
  void part(HttpContent content) {
    count(content);
    exchange.connection().writePart(content);
  }

  /** The last of the answer that is HTTP. */
  void switchProtocol(HttpResponse response, ChannelHandler handler) {
    begin(response);
    exchange.connection().switchProtocol(response, handler);
  }

  private void begin(HttpResponse response) {
    begun = true;
    exchange.timeline().answered(response.status().code());
    response
        .headers()
        .set(HttpHeaderNames.DATE, exchange.worker().date())
        .set(ClientConnection.REQUEST_ID, exchange.requestId());
  }

  private void count(HttpContent content) {
    if (!exchange.method().equals(HttpMethod.HEAD)) {
      exchange.timeline().sent(content.content().readableBytes());
    }
  }

  private void overlayCors(HttpHeaders headers) {
    LiveStage at = exchange.stageIfAny();
    CorsPolicy cors = at == null ? null : at.cors();
    if (cors != null) {
      cors.apply(exchange.origin(), headers);
    }
  }
}
