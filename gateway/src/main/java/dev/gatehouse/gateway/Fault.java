package dev.gatehouse.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/** An answer that the gateway itself gives, with AWS's body (http-api.md 0.2). */
enum Fault {
  BAD_REQUEST(400, "Bad Request"),
  NOT_FOUND(404, "Not Found"),
  TOO_LARGE(413, "Request Entity Too Large"),
  TOO_MANY(429, "Too Many Requests"),
  INTERNAL(500, "Internal Server Error"),
  UNAVAILABLE(503, "Service Unavailable");

  private final int status;
  private final String body;

  Fault(int status, String message) {
    this.status = status;
    this.body = "{\"message\":\"" + message + "\"}";
  }

  HttpResponseStatus status() {
    return HttpResponseStatus.valueOf(status);
  }

  byte[] body() {
    return body.getBytes(StandardCharsets.US_ASCII);
  }
}
