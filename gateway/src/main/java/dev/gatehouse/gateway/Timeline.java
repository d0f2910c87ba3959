package dev.gatehouse.gateway;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one request, and when: the {@code $context} variables that it has once it is
 * over (http-api.md 11.1 [C]).
 *
 * <p>Data plane: part of its exchange.
 */
final class Timeline {
  private static final long NEVER = -1;

  private final LongSupplier nanos;
  private final long started;
  private long called = NEVER;
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

  Timeline(LongSupplier nanos) {
    this.nanos = nanos;
    this.started = nanos.getAsLong();
  }

  /** The integration begins. */
  void called() {
    called = passed();
  }

  /** Since the request's head. */
  private long passed() {
    return nanos.getAsLong() - started;
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
  void ended() {
    ended = passed();
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
    return called == NEVER ? null : millis((integrated == NEVER ? ended : integrated) - called);
  }

  private static @Nullable String code(int code) {
    return code == 0 ? null : Integer.toString(code);
  }

  private static String millis(long duration) {
    return Long.toString(TimeUnit.NANOSECONDS.toMillis(duration));
  }
}
