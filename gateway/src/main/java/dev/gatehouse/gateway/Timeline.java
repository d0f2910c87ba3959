package dev.gatehouse.gateway;

import dev.gatehouse.gateway.meter.Meter;
import dev.gatehouse.gateway.net.Worker;
import dev.gatehouse.gateway.report.RequestReport;
import dev.gatehouse.gateway.upstream.Origin;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one request, and when: the {@code $context} variables that it has once it is
 * over (http-api.md 11.1 [C]).
 *
 * <p>Data plane: part of its exchange.
 */
final class Timeline implements Meter.Spent {
  private static final long NEVER = -1;

  private final Worker worker;
  private final long started;
  private long called = NEVER;
  private long connected = NEVER;
  private long complete = NEVER;
  private long integrated = NEVER;
  private long ended;
  private long received;
  private long sent;
  private int status;
  private int serviceStatus;
  private int integrationStatus;
  private @Nullable String serviceRequestId;
  private @Nullable String serviceRequestId2;
  private @Nullable Fault fault;
  private @Nullable String integrationError;
  private @Nullable String reason;
  private @Nullable Origin origin;
  private @Nullable RequestFacts facts;

  Timeline(Worker worker) {
    this.worker = worker;
    this.started = worker.nanos();
  }

  /** The integration begins. */
  void called() {
    called = passed();
  }

  /**
   * A backend takes the request.
   *
   * @param anew whether a connection had to be made first
   */
  void connected(Origin to, boolean anew) {
    origin = to;
    if (anew) {
      connected = passed();
    }
  }

  /** The request's body has come to its end, some time after its head. */
  void complete() {
    complete = passed();
  }

  /** Since the request's head. */
  private long passed() {
    return worker.nanos() - started;
  }

  /** Some of the request's body came. */
  void received(int bytes) {
    received += bytes;
  }

  /**
   * The service answered that the integration calls: the backend, or Lambda, whose answer is not
   * the function's.
   */
  void serviceAnswered(int answered) {
    integrated = passed();
    serviceStatus = answered;
  }

  /** The backend or the function's code answered, before the answer is mapped. */
  void integrationAnswered(int answered) {
    integrationStatus = answered;
  }

  /** What an AWS service calls its answer. */
  void serviceRequest(@Nullable String id, @Nullable String id2) {
    serviceRequestId = id;
    serviceRequestId2 = id2;
  }

  /** The gateway itself ends the request. */
  void failed(Fault with, String reason) {
    fault = with;
    this.reason = reason;
    if (called != NEVER && with.status().code() >= 500) {
      integrationError = reason;
    }
  }

  /** The head of the answer went out. */
  void answered(int answer) {
    status = answer;
  }

  /** Some of the answer's body went out. */
  void sent(int bytes) {
    sent += bytes;
  }

  /** Nothing more happens. */
  void ended(RequestFacts known) {
    ended = passed();
    facts = known;
  }

  /** What the request was; null until it is over. */
  @Nullable RequestFacts facts() {
    return facts;
  }

  /** All of it, for people; once the request is over. */
  RequestReport report(RequestFacts known) {
    LiveRoute route = known.route();
    return new RequestReport(
        known.requestId(),
        Instant.ofEpochMilli(known.startMillis()).toString(),
        known.method(),
        known.path(),
        known.apiId(),
        known.stageName(),
        route == null ? null : route.routeKey(),
        route == null ? null : route.authorizerId(),
        route == null ? null : route.integrationId(),
        origin == null ? null : origin.authority(),
        status == 0 ? null : status,
        integrationStatus == 0 ? null : integrationStatus,
        status == 0 && reason == null ? "the client went away" : reason,
        received,
        sent,
        Phases.millis(ended),
        new Phases(ended)
            .until(route != null && route.authorizerId() != null ? "authorize" : "route", called)
            .until("connect", connected)
            .until("receive", complete)
            .until("integrate", integrated)
            .last(route == null || called == NEVER ? "answer" : "relay"));
  }

  @Override
  public long nanos() {
    return ended;
  }

  @Override
  public long integrationNanos() {
    return called == NEVER ? NEVER : (integrated == NEVER ? ended : integrated) - called;
  }

  @Override
  public long bytes() {
    return received + sent;
  }

  /** When the integration was called; below zero where it was not. */
  long integrationFrom() {
    return called;
  }

  /** Why the gateway itself answered; null where it did not. */
  @Nullable String reason() {
    return reason;
  }

  /** The status of the answer; 0 where there was none. */
  int status() {
    return status;
  }

  /** The gateway's own answer; null where it gave none. */
  @Nullable Fault fault() {
    return fault;
  }

  /** The value of a variable; null where it has none, or is none of these. */
  @Nullable String value(String name) {
    return switch (name) {
      case "status" -> code(status);
      case "responseLength" -> Long.toString(sent);
      case "dataProcessed" -> Long.toString(received + sent);
      case "responseLatency" -> millis(ended);
      case "integrationLatency", "integration.latency" -> integrationLatency();
      case "integrationStatus", "integration.integrationStatus" -> code(serviceStatus);
      case "integration.status" -> code(integrationStatus);
      case "integrationErrorMessage", "integration.error" -> integrationError;
      case "awsEndpointRequestId", "integration.requestId" -> serviceRequestId;
      case "awsEndpointRequestId2" -> serviceRequestId2;
      case "error.message" -> fault == null ? null : fault.message();
      case "error.responseType" -> fault == null ? null : fault.responseType();
      default -> null;
    };
  }

  /** Up to the answer; one that never came took until the end. */
  private @Nullable String integrationLatency() {
    return called == NEVER ? null : millis(integrationNanos());
  }

  private static @Nullable String code(int code) {
    return code == 0 ? null : Integer.toString(code);
  }

  private static String millis(long duration) {
    return Long.toString(TimeUnit.NANOSECONDS.toMillis(duration));
  }
}
