package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.meter.Meter;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one event, and when: the {@code $context} variables that it has once it is over
 * (websocket-api.md 12 [C]).
 *
 * <p>Data plane: part of its call.
 */
final class SocketTimeline implements Meter.Spent {
  private static final long NEVER = -1;

  private final LongSupplier nanos;
  private final long started;
  private long called = NEVER;
  private long integrated = NEVER;
  private boolean timed;
  private long ended = NEVER;
  private int status;
  private int serviceStatus;
  private int integrationStatus;
  private @Nullable String serviceRequestId;
  private ConnectSteps steps = ConnectSteps.NONE;
  private @Nullable SocketFault fault;
  private String reason = "";

  SocketTimeline(LongSupplier nanos) {
    this.nanos = nanos;
    this.started = nanos.getAsLong();
  }

  /**
   * The integration begins.
   *
   * @param isTimed whether metrics tell how long it takes
   */
  void called(boolean isTimed) {
    called = nanos.getAsLong();
    timed = isTimed;
  }

  /** The integration is over. */
  void integrated() {
    integrated = nanos.getAsLong();
  }

  /** Since the event. */
  long millis() {
    return TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - started);
  }

  /** How the client was let in, or not. */
  ConnectSteps steps() {
    return steps;
  }

  /** The client was let in like this, or not. */
  void steps(ConnectSteps taken) {
    steps = taken;
  }

  /**
   * What the service said that the integration calls: the backend, or Lambda.
   *
   * @param requestId what the service calls its answer; null where it says nothing
   */
  void serviceAnswered(int answered, @Nullable String requestId) {
    serviceStatus = answered;
    serviceRequestId = requestId;
  }

  /** What the backend or the function's code said. */
  void integrationAnswered(int answered) {
    integrationStatus = answered;
  }

  void ended(int with) {
    ended = nanos.getAsLong();
    status = with;
  }

  void failed(SocketFault with, String why) {
    ended = nanos.getAsLong();
    fault = with;
    reason = why;
    status = with.status().code();
  }

  /** From the event to the end of what it brought about. */
  @Override
  public long nanos() {
    return ended == NEVER ? 0 : ended - started;
  }

  /** When the integration was called, after the event; below zero where it was not. */
  long integrationFrom() {
    return called == NEVER ? NEVER : called - started;
  }

  /** Why the gateway itself answered; null where it did not. */
  @Nullable String reason() {
    return fault == null ? null : reason;
  }

  @Override
  public long integrationNanos() {
    return timed && integrated != NEVER ? integrated - called : NEVER;
  }

  @Override
  public long bytes() {
    return 0;
  }

  int status() {
    return status;
  }

  /** Whether the integration itself answered with an error. */
  boolean integrationErred() {
    return integrationStatus >= 400 || serviceStatus >= 400;
  }

  /** Whether there was an integration to call. */
  boolean wasCalled() {
    return called != NEVER;
  }

  /** The value of a variable; null where it has none, or is none of these. */
  @Nullable String value(String name) {
    return switch (name) {
      case "status" -> code(status);
      case "integrationLatency", "integration.latency" ->
          called == NEVER || integrated == NEVER
              ? null
              : Long.toString(TimeUnit.NANOSECONDS.toMillis(integrated - called));
      case "integrationStatus", "integration.integrationStatus" -> code(serviceStatus);
      case "integration.status" -> code(integrationStatus);
      case "integrationErrorMessage", "integration.error" ->
          called != NEVER && fault != null ? reason : null;
      case "awsEndpointRequestId", "integration.requestId" -> serviceRequestId;
      case "error.message" -> fault == null ? null : fault.message();
      case "error.responseType" -> fault == null ? null : fault.responseType();
      case "error.validationErrorString" -> fault == SocketFault.BAD_BODY ? reason : null;
      default -> steps.value(name);
    };
  }

  private static @Nullable String code(int code) {
    return code == 0 ? null : Integer.toString(code);
  }
}
