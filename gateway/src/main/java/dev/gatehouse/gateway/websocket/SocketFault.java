package dev.gatehouse.gateway.websocket;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * What the gateway itself says when something does not go as asked: the status of a refused
 * handshake, the text of an error frame (websocket-api.md 2 and 5.1).
 */
enum SocketFault {
  BAD_REQUEST(400, "Bad Request", "BAD_REQUEST_PARAMETERS"),
  BAD_BODY(400, "Bad request body", "BAD_REQUEST_BODY"),
  UNAUTHORIZED(401, "Unauthorized", "UNAUTHORIZED"),
  FORBIDDEN(403, "Forbidden", "ACCESS_DENIED"),
  INVALID_KEY(403, "Forbidden", "INVALID_API_KEY"),
  TOO_MANY(429, "Too Many Requests", "THROTTLED"),
  INTERNAL(500, "Internal server error", "API_CONFIGURATION_ERROR"),
  AUTHORIZER(500, "Internal server error", "AUTHORIZER_FAILURE"),
  /** The function is at its concurrency; 500 is ours [U]. */
  BUSY(500, "Internal server error", "INTEGRATION_FAILURE"),
  BAD_GATEWAY(502, "Internal server error", "INTEGRATION_FAILURE"),
  STOPPING(503, "Service Unavailable", "DEFAULT_5XX"),
  TIMEOUT(504, "Internal server error", "INTEGRATION_TIMEOUT");

  private final int status;
  private final String message;
  private final String responseType;

  SocketFault(int status, String message, String responseType) {
    this.status = status;
    this.message = message;
    this.responseType = responseType;
  }

  HttpResponseStatus status() {
    return HttpResponseStatus.valueOf(status);
  }

  String message() {
    return message;
  }

  /** The name of the gateway response, for logs. */
  String responseType() {
    return responseType;
  }
}
