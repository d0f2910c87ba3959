package dev.gatehouse.gateway;

import dev.gatehouse.gateway.net.ClientConnection;
import dev.gatehouse.gateway.net.Receiver;
import dev.gatehouse.gateway.route.RouteTable.Match;
import dev.gatehouse.gateway.spi.Tracing;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request to an API, from its head to the end of its answer: the only mutable object of the
 * data plane. Steps in the order of http-api.md 0.1: stage, route, CORS, throttle ({@link
 * Admission}), integration ({@link Call}), answer ({@link Answer}), count and log ({@link
 * Conclusion}).
 *
 * <p>Data plane: touched by its event loop only.
 */
final class Exchange extends Incoming implements Receiver {
  private final Answer answer = new Answer(this);

  private @Nullable StagePath selected;
  private @Nullable Match<LiveRoute> match;
  private @Nullable Call call;
  private @Nullable AuthorizerContext authorizer;
  private @Nullable BodyStart bodyStart;
  private long granted;
  private @Nullable String apiKeyId;
  private Tracing.@Nullable Trace trace;
  private boolean ended;

  Exchange(
      ClientConnection connection,
      Services services,
      @Nullable LiveApi api,
      RequestLine line,
      HttpRequest request) {
    super(connection, services, api, line, request);
  }

  /** The stage; null until it is selected. */
  @Nullable LiveStage stageIfAny() {
    return selected == null ? null : selected.stage();
  }

  /** The route; null until it is selected. */
  @Nullable LiveRoute routeIfAny() {
    return match == null ? null : match.route();
  }

  /** The stage; only once it is selected. */
  LiveStage stage() {
    return Objects.requireNonNull(selected).stage();
  }

  /** The route; only once it is selected. */
  LiveRoute route() {
    return Objects.requireNonNull(match).route();
  }

  /** The key of the route; null where none was selected. */
  @Nullable String routeKey() {
    return match == null ? null : match.route().routeKey();
  }

  /** The stage is selected. */
  void select(StagePath at) {
    selected = at;
  }

  /** The route is selected. */
  void meet(Match<LiveRoute> met) {
    match = met;
  }

  /** The values of the route's variables, decoded, in the order of the path. */
  List<String> pathValues() {
    return match == null ? List.of() : match.values();
  }

  /** The decoded path without the stage. */
  String path() {
    return selected == null ? "" : selected.path();
  }

  /** The decoded path as the client sent it: with the stage, where it is in the path. */
  String pathWithStage() {
    return selected == null ? "" : selected.pathWithStage();
  }

  /** What the route's authorizer told; null where there is none. */
  @Nullable AuthorizerContext authorizer() {
    return authorizer;
  }

  void authorizer(AuthorizerContext told) {
    authorizer = told;
  }

  /** The id of the API key that opened the route; null where none was asked for. */
  @Nullable String apiKeyId() {
    return apiKeyId;
  }

  void apiKeyId(@Nullable String opening) {
    apiKeyId = opening;
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
      services().budget().release(granted);
      granted = 0;
    }
  }

  @Override
  public void start() {
    trace = Watch.begin(this);
    if (Admission.admits(this)) {
      call = AuthorizingCall.forRoute(this);
      call.start();
    }
  }

  /** Answers with one of the gateway's own errors. */
  void fault(Fault fault, String reason) {
    fault(fault, reason, EmptyHttpHeaders.INSTANCE);
  }

  /** Answers with one of the gateway's own errors and more headers. */
  void fault(Fault fault, String reason, HttpHeaders more) {
    if (!ended) {
      answer.fault(fault, reason, more);
    }
  }

  /** Answers with a response whose body is complete. */
  void respond(HttpResponse response) {
    answer.whole(response);
  }

  /** Answers with a response whose body is complete, and that says itself what CORS allows. */
  void respondAsIs(HttpResponse response) {
    answer.asIs(response);
  }

  /** Begins the answer with the head of an integration's response; its body follows. */
  void respondHead(HttpResponse response) {
    answer.head(response);
  }

  /** Passes a part of an integration's response on. */
  void respondPart(HttpContent content) {
    answer.part(content);
  }

  /** The answer is complete. */
  void end() {
    conclude();
    connection().writeEnd();
  }

  /**
   * The integration's answer makes the connection speak another protocol, of which nothing here
   * knows; {@link #tunnelled} ends the exchange.
   */
  void switchProtocol(HttpResponse response, ChannelHandler handler) {
    stopClock();
    answer.switchProtocol(response, handler);
  }

  /** The other protocol has come to its end. */
  void tunnelled() {
    conclude();
  }

  /** The answer has begun and cannot be completed: both sides are closed. */
  void cut() {
    conclude();
    connection().abort();
  }

  private void conclude() {
    worker().requestDeadlines().clear(this);
    releaseGrant();
    if (!ended) {
      Conclusion.of(this, trace);
    }
    ended = true;
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
    timeline().received(content.content().readableBytes());
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
  public boolean malformed() {
    Call current = call;
    if (ended || current == null) {
      return false;
    }
    current.abandon();
    fault(Fault.BAD_REQUEST, "the body's chunks are none");
    return true;
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
