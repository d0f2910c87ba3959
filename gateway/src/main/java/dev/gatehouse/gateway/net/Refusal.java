package dev.gatehouse.gateway.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
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

  static Refusal of(@Nullable Throwable cause) {
    if (cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException) {
      return TOO_LARGE;
    }
    return new Refusal(HttpResponseStatus.BAD_REQUEST, "Bad Request");
  }

  ByteBuf body() {
    return Unpooled.copiedBuffer("{\"message\":\"" + message + "\"}", StandardCharsets.US_ASCII);
  }
}
