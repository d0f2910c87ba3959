package dev.gatehouse.gateway.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The answer to bytes that are not a request we read (http-api.md 0.2 and 10.4 [U]). */
record Refusal(HttpResponseStatus status, String message) {
  /** The request line and the headers together are over the limit. */
  static final Refusal TOO_LARGE =
      new Refusal(
          HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "Request Header Fields Too Large");

  /** Not a request, or one that could be read in two ways. */
  static final Refusal MALFORMED = new Refusal(HttpResponseStatus.BAD_REQUEST, "Bad Request");

  /** What forbids a request whose head could be read; null where nothing does. */
  static @Nullable Refusal of(HttpRequest request) {
    if (ServerCodec.tooLarge(request)) {
      return TOO_LARGE;
    }
    return ServerCodec.encoded(request) ? MALFORMED : null;
  }

  static Refusal of(@Nullable Throwable cause) {
    if (cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException) {
      return TOO_LARGE;
    }
    return MALFORMED;
  }

  /** The answer, whole. */
  HttpResponse response(Worker worker) {
    ByteBuf body =
        Unpooled.copiedBuffer("{\"message\":\"" + message + "\"}", StandardCharsets.US_ASCII);
    HttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
        .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
        .set(HttpHeaderNames.DATE, worker.date())
        .set(ClientConnection.REQUEST_ID, worker.requestId());
    return response;
  }
}
