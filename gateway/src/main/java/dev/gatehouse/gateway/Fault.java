package dev.gatehouse.gateway;

import dev.gatehouse.gateway.upstream.UpstreamListener;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/** An answer that the gateway itself gives, with AWS's body (http-api.md 0.2). */
enum Fault {
  BAD_REQUEST(400, "Bad Request", "DEFAULT_4XX"),
  UNAUTHORIZED(401, "Unauthorized", "UNAUTHORIZED"),
  FORBIDDEN(403, "Forbidden", "ACCESS_DENIED"),
  NOT_FOUND(404, "Not Found", "RESOURCE_NOT_FOUND"),
  TOO_LARGE(413, "Request Entity Too Large", "REQUEST_TOO_LARGE"),
  URI_TOO_LONG(414, "Request URI Too Long", "DEFAULT_4XX"),
  TOO_MANY(429, "Too Many Requests", "THROTTLED"),
  INTERNAL(500, "Internal Server Error", "INTEGRATION_FAILURE"),
  AUTHORIZER(500, "Internal Server Error", "AUTHORIZER_FAILURE"),
  UNAVAILABLE(503, "Service Unavailable", "INTEGRATION_FAILURE");

  private final int status;
  private final String message;
  private final String responseType;
  private final String body;

  Fault(int status, String message, String responseType) {
    this.status = status;
    this.message = message;
    this.responseType = responseType;
    this.body = "{\"message\":\"" + message + "\"}";
  }

  /** What a client is told of a backend that failed [U]. */
  static Fault of(UpstreamListener.Failure failure) {
    return switch (failure) {
      case UNREACHABLE, FORBIDDEN, CUT -> UNAVAILABLE;
      case UNTRUSTED, MALFORMED -> INTERNAL;
    };
  }

  HttpResponseStatus status() {
    return HttpResponseStatus.valueOf(status);
  }

  String message() {
    return message;
  }

  /** The name of AWS's gateway response, for logs [U]: REST APIs' names, HTTP APIs tell none. */
  String responseType() {
    return responseType;
  }

  byte[] body() {
    return body.getBytes(StandardCharsets.US_ASCII);
  }
}
