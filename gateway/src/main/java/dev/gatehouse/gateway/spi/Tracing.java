package dev.gatehouse.gateway.spi;

import org.jspecify.annotations.Nullable;

/** Where the spans of requests go. What is called on event loops returns at once. */
public interface Tracing {

  /**
   * What a client says of the trace that its request is part of.
   *
   * @param traceparent W3C's header
   * @param amazon {@code X-Amzn-Trace-Id}
   */
  record Told(@Nullable String traceparent, @Nullable String amazon) {}

  /** One request's span. */
  interface Trace {

    /** What whoever is called next is told: W3C's header. */
    String traceparent();

    /** The request is over. */
    void end(Ended ended);
  }

  /**
   * What a request was. Spans of time are in nanoseconds from its beginning.
   *
   * @param name such as {@code GET /pets/{id}}, or {@code MESSAGE join} of an event
   * @param method of the request; null where it is an event of a WebSocket API
   * @param route the template of the route's path, or an event's route key; null where none was
   *     found
   * @param integrationFrom when its integration was called; below zero where it was not
   * @param status of the answer; 0 where there was none
   * @param error why the gateway itself answered; null where it did not
   */
  record Ended(
      String name,
      @Nullable String method,
      @Nullable String route,
      String apiId,
      String stage,
      String requestId,
      long nanos,
      long integrationFrom,
      long integrationNanos,
      int status,
      @Nullable String error) {}

  /** How many spans have been dropped since the start. */
  long dropped();

  /**
   * A request begins now.
   *
   * @param loop the number of the event loop that all of it happens on
   */
  Trace begin(Told told, int loop, long startMillis);
}
