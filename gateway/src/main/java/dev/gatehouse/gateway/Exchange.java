package dev.gatehouse.gateway;

import dev.gatehouse.gateway.log.StageLog;
import dev.gatehouse.gateway.net.ClientConnection;
import dev.gatehouse.gateway.net.Deadlines;
import dev.gatehouse.gateway.net.Receiver;
import dev.gatehouse.gateway.net.Worker;
import dev.gatehouse.gateway.route.RequestPath;
import dev.gatehouse.gateway.route.RouteTable.Match;
import dev.gatehouse.gateway.spi.AccessLog;
import dev.gatehouse.gateway.spi.ApiKeyGuard;
import dev.gatehouse.gateway.spi.Tracing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request to an API, from its head to the end of its answer: the only mutable object of the
 * data plane. Steps in the order of http-api.md 0.1: stage, route, CORS, throttle, integration,
 * answer.
 *
 * <p>Data plane: touched by its event loop only.
 */
final class Exchange extends Deadlines.Timed implements Receiver {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  static final AsciiString API_KEY = AsciiString.cached("x-api-key");

  private final ClientConnection connection;
  private final Services services;
  private final @Nullable LiveApi api;
  private final RequestLine line;
  private final HttpRequest request;
  private final HttpMethod method;
  private final String requestId;
  private final long startMillis;
  private final Timeline timeline;

  private @Nullable LiveStage stage;
  private @Nullable LiveRoute route;
  private @Nullable Call call;
  private List<String> pathValues = List.of();
  private String path = "";
  private String pathWithStage = "";
  private @Nullable AuthorizerContext authorizer;
  private @Nullable BodyStart bodyStart;
  private long granted;
  private @Nullable String apiKeyId;
  private Tracing.@Nullable Trace trace;
  private boolean answering;
  private boolean ended;

  Exchange(
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
    this.timeline = new Timeline(services.ports().nanos());
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

  /** When the request's head was read, in milliseconds since the epoch. */
  long startMillis() {
    return startMillis;
  }

  /** What has happened so far. */
  Timeline timeline() {
    return timeline;
  }

  /** The stage; null until it is selected. */
  @Nullable LiveStage stageIfAny() {
    return stage;
  }

  /** The route; null until it is selected. */
  @Nullable LiveRoute routeIfAny() {
    return route;
  }

  /** The API's id; empty where there is no such API. */
  String apiId() {
    return api == null ? "" : api.apiId();
  }

  /** The stage; only once it is selected. */
  LiveStage stage() {
    return Objects.requireNonNull(stage);
  }

  /** The route; only once it is selected. */
  LiveRoute route() {
    return Objects.requireNonNull(route);
  }

  /** The key of the route; null where none was selected. */
  @Nullable String routeKey() {
    return route == null ? null : route.routeKey();
  }

  /** The values of the route's variables, decoded, in the order of the path. */
  List<String> pathValues() {
    return pathValues;
  }

  /** The decoded path without the stage. */
  String path() {
    return path;
  }

  /** The decoded path as the client sent it: with the stage, where it is in the path. */
  String pathWithStage() {
    return pathWithStage;
  }

  /** What the route's authorizer told; null where there is none. */
  @Nullable AuthorizerContext authorizer() {
    return authorizer;
  }

  void authorizer(AuthorizerContext told) {
    authorizer = told;
  }

  /** What mappings read of the request's body; null where none does. */
  @Nullable BodyStart bodyStart() {
    return bodyStart;
  }

  void bodyStart(BodyStart start) {
    bodyStart = start;
  }

  /**
   * The body was granted these bytes; they are given back when the integration has taken the body,
   * or at the latest when the exchange is over.
   */
  void bodyGranted(long bytes) {
    granted = bytes;
  }

  /** Whether the body has what it needs of the budget. */
  boolean bodyGranted() {
    return granted > 0;
  }

  /** Gives back what the body was granted. */
  void releaseGrant() {
    if (granted > 0) {
      services.budget().release(granted);
      granted = 0;
    }
  }

  @Override
  public void start() {
    trace = Watch.begin(this);
    Fault fault = selectStage();
    if (fault != null) {
      fault(fault, "no stage");
      return;
    }
    Match<LiveRoute> match = stage().routes().match(method.name(), path);
    if (match == null) {
      answerUnrouted();
      return;
    }
    route = match.route();
    pathValues = match.values();
    long now = services.nanos();
    if (!stage().throttles().admits(route().routeKey(), now)
        || !services.account().admits(stage().scope(), now)) {
      fault(Fault.TOO_MANY, "throttled");
      return;
    }
    if (!route().keyed() || hasKey()) {
      call = AuthorizingCall.forRoute(this);
      call.start();
    }
  }

  /** Refuses the client where its API key does not open this route (beyond AWS). */
  private boolean hasKey() {
    LiveStage at = stage();
    return switch (services
        .ports()
        .keys()
        .take(
            new ApiKeyGuard.KeyedStage(at.scope(), at.apiId(), at.name()),
            route().routeKey(),
            request.headers().get(API_KEY))) {
      case ApiKeyGuard.Admitted(String keyId) -> {
        apiKeyId = keyId;
        yield true;
      }
      case ApiKeyGuard.Refused _ -> {
        fault(Fault.FORBIDDEN, "the API key opens nothing here");
        yield false;
      }
      case ApiKeyGuard.Exhausted _ -> {
        fault(Fault.TOO_MANY, "the API key is used up");
        yield false;
      }
    };
  }

  /** The id of the API key that opened the route; null where none was asked for. */
  @Nullable String apiKeyId() {
    return apiKeyId;
  }

  private @Nullable Fault selectStage() {
    String decoded = RequestPath.decode(line.rawPath());
    if (decoded == null) {
      return Fault.BAD_REQUEST;
    }
    StagePath selected = api == null ? null : StagePath.of(api, line, decoded);
    if (selected == null) {
      return Fault.NOT_FOUND;
    }
    stage = selected.stage();
    path = selected.path();
    pathWithStage = selected.pathWithStage();
    return null;
  }

  private void answerUnrouted() {
    CorsPolicy cors = stage().cors();
    String origin = origin();
    boolean preflight =
        method.equals(HttpMethod.OPTIONS)
            && request.headers().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    if (cors == null || origin == null || !preflight) {
      fault(Fault.NOT_FOUND, "no route");
      return;
    }
    HttpResponse response = response(HttpResponseStatus.NO_CONTENT, Unpooled.EMPTY_BUFFER);
    cors.preflight(origin, response.headers());
    send(response);
  }

  /** Answers with one of the gateway's own errors. */
  void fault(Fault fault, String reason) {
    fault(fault, reason, EmptyHttpHeaders.INSTANCE);
  }

  /** Answers with one of the gateway's own errors and more headers. */
  void fault(Fault fault, String reason, HttpHeaders more) {
    if (ended) {
      return;
    }
    if (fault.status().code() >= HttpResponseStatus.INTERNAL_SERVER_ERROR.code()) {
      LOG.info("{} for request {}: {}", fault.status().code(), requestId, reason);
    }
    timeline.failed(fault, reason);
    if (answering) {
      cut();
      return;
    }
    HttpResponse response = response(fault.status(), Unpooled.wrappedBuffer(fault.body()));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
    response.headers().add(more);
    overlayCors(response.headers());
    send(response);
  }

  /** A response with a whole body and nothing but its length among the headers. */
  static DefaultFullHttpResponse response(HttpResponseStatus status, ByteBuf body) {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    if (!status.equals(HttpResponseStatus.NO_CONTENT)) {
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    }
    return response;
  }

  /** Answers with an integration's response whose body is complete. */
  void respond(HttpResponse response) {
    overlayCors(response.headers());
    send(response);
  }

  private void send(HttpResponse response) {
    answering = true;
    timeline.answered(response.status().code());
    if (response instanceof HttpContent whole) {
      countSent(whole);
    }
    stamp(response.headers());
    connection.writeHead(response);
    end();
  }

  /** Begins the answer with the head of an integration's response; its body follows. */
  void respondHead(HttpResponse response) {
    answering = true;
    timeline.answered(response.status().code());
    overlayCors(response.headers());
    stamp(response.headers());
    connection.writeHead(response);
  }

  /** Passes a part of an integration's response on. */
  void respondPart(HttpContent content) {
    countSent(content);
    connection.writePart(content);
  }

  private void countSent(HttpContent content) {
    if (!method.equals(HttpMethod.HEAD)) {
      timeline.sent(content.content().readableBytes());
    }
  }

  private @Nullable String origin() {
    return request.headers().get(HttpHeaderNames.ORIGIN);
  }

  private void overlayCors(HttpHeaders headers) {
    LiveStage at = stage;
    CorsPolicy cors = at == null ? null : at.cors();
    if (cors != null) {
      cors.apply(origin(), headers);
    }
  }

  private void stamp(HttpHeaders headers) {
    headers.set(HttpHeaderNames.DATE, worker().date());
    headers.set(ClientConnection.REQUEST_ID, requestId);
  }

  /** The answer is complete. */
  void end() {
    conclude();
    connection.writeEnd();
  }

  /**
   * The integration's answer makes the connection speak another protocol, of which nothing here
   * knows; {@link #tunnelled} ends the exchange.
   */
  void switchProtocol(HttpResponse response, ChannelHandler handler) {
    answering = true;
    stopClock();
    timeline.answered(response.status().code());
    stamp(response.headers());
    connection.switchProtocol(response, handler);
  }

  /** The other protocol has come to its end. */
  void tunnelled() {
    conclude();
  }

  /** The answer has begun and cannot be completed: both sides are closed. */
  void cut() {
    conclude();
    connection.abort();
  }

  private void conclude() {
    worker().requestDeadlines().clear(this);
    releaseGrant();
    if (!ended) {
      timeline.ended(facts());
      Watch.count(this);
      if (trace != null) {
        Watch.end(trace, this);
      }
      services.recent(worker()).add(timeline);
    }
    StageLog log = stage == null ? null : stage.log();
    if (!ended && log != null) {
      AccessLog lines = services.ports().log();
      log.write(this::variable, lines);
      if (lines.pressed()) {
        connection.hold();
        lines.whenRoom(() -> worker().loop().execute(connection::proceed));
      }
    }
    ended = true;
  }

  private @Nullable String variable(String name) {
    String value = timeline.value(name);
    return value == null ? ContextVariables.value(this, name) : value;
  }

  private RequestFacts facts() {
    LiveStage at = stage;
    return new RequestFacts(
        requestId,
        startMillis,
        method.name(),
        at == null ? line.rawPath() : pathWithStage,
        at == null ? null : at.scope().account(),
        apiId(),
        at == null ? null : at.name(),
        route);
  }

  /** Whether the answer is complete, or nobody waits for it. */
  boolean ended() {
    return ended;
  }

  /** Gives the integration that long from now. */
  void allow(long millis) {
    worker().requestDeadlines().set(this, millis);
  }

  /** Stops the integration's clock, while the client is what is waited for. */
  void stopClock() {
    worker().requestDeadlines().clear(this);
  }

  @Override
  protected void expired() {
    Call current = call;
    if (current != null) {
      current.timedOut();
    }
    fault(Fault.UNAVAILABLE, "the integration did not answer in time");
  }

  @Override
  public void content(HttpContent content) {
    timeline.received(content.content().readableBytes());
    Call current = call;
    if (current == null || ended) {
      content.release();
    } else {
      current.content(content);
    }
  }

  @Override
  public void contentPaused() {
    Call current = call;
    if (current != null && !ended) {
      current.contentPaused();
    }
  }

  @Override
  public void writabilityChanged(boolean writable) {
    Call current = call;
    if (current != null && !ended) {
      current.clientWritable(writable);
    }
  }

  @Override
  public void clientGone() {
    if (ended) {
      return;
    }
    conclude();
    Call current = call;
    if (current != null) {
      current.abandon();
    }
  }
}
