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
  private long called = NEVER;
  private long integrated = NEVER;
  private int status;
  private int serviceStatus;
  private int integrationStatus;
  private @Nullable SocketFault fault;
  private String reason = "";

  SocketTimeline(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** The integration begins. */
  void called() {
    called = nanos.getAsLong();
  }

  /** The integration is over. */
  void integrated() {
    integrated = nanos.getAsLong();
  }

  /** What the service said that the integration calls: the backend, or Lambda. */
  void serviceAnswered(int answered) {
    serviceStatus = answered;
  }

  /** What the backend or the function's code said. */
  void integrationAnswered(int answered) {
    integrationStatus = answered;
  }

  void ended(int with) {
    status = with;
  }

  void failed(SocketFault with, String why) {
    fault = with;
    reason = why;
    status = with.status().code();
  }

  @Override
  public long nanos() {
    return Math.max(0, integrationNanos());
  }

  @Override
  public long integrationNanos() {
    return called == NEVER || integrated == NEVER ? NEVER : integrated - called;
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
      case "authorizer.error" -> called == NEVER && fault != null ? refused() : null;
      case "error.message" -> fault == null ? null : fault.message();
      case "error.responseType" -> fault == null ? null : fault.responseType();
      default -> null;
    };
  }

  private @Nullable String refused() {
    return fault == SocketFault.UNAUTHORIZED || fault == SocketFault.AUTHORIZER ? reason : null;
  }

  private static @Nullable String code(int code) {
    return code == 0 ? null : Integer.toString(code);
  }
}
