package dev.gatehouse.gateway;

import dev.gatehouse.gateway.net.ClientConnection;
import dev.gatehouse.gateway.net.Deadlines;
import dev.gatehouse.gateway.net.Worker;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * What came in, where it came from, and when: the part of an exchange that stays as it is. A class
 * above it rather than beside it, so that a request costs no second object.
 */
abstract sealed class Incoming extends Deadlines.Timed permits Exchange {
  private final ClientConnection connection;
  private final Services services;
  private final @Nullable LiveApi api;
  private final RequestLine line;
  private final HttpRequest request;
  private final HttpMethod method;
  private final String requestId;
  private final long startMillis;
  private final Timeline timeline;

  Incoming(
      ClientConnection connection,
      Services services,
      @Nullable LiveApi api,
      RequestLine line,
      HttpRequest request) {
    this.connection = connection;
    this.services = services;
    this.api = api;
    this.line = line;
    this.request = request;
    this.method = request.method();
    this.requestId = connection.worker().requestId();
    this.startMillis = connection.worker().millis();
    this.timeline = new Timeline(connection.worker());
  }

  ClientConnection connection() {
    return connection;
  }

  Worker worker() {
    return connection.worker();
  }

  Services services() {
    return services;
  }

  HttpRequest request() {
    return request;
  }

  /** The method that the client sent, whatever the integration is sent. */
  HttpMethod method() {
    return method;
  }

  /** What the client asked for, as text. */
  RequestLine line() {
    return line;
  }

  String requestId() {
    return requestId;
  }

  /** The web page that a browser says it asks for; null where it says none. */
  @Nullable String origin() {
    return request.headers().get(HttpHeaderNames.ORIGIN);
  }

  /** When the request's head was read, in milliseconds since the epoch. */
  long startMillis() {
    return startMillis;
  }

  /** What has happened so far. */
  Timeline timeline() {
    return timeline;
  }

  /** The API; null where there is no such one. */
  @Nullable LiveApi api() {
    return api;
  }

  /** The API's id; empty where there is no such API. */
  String apiId() {
    return api == null ? "" : api.apiId();
  }
}
