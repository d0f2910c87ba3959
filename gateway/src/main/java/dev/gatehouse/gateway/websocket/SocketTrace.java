package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.spi.Tracing;
import org.jspecify.annotations.Nullable;

/**
 * The span of an event. A {@code $connect} is part of its client's trace; messages, which bring no
 * headers, begin traces of their own.
 *
 * <p>Data plane: on the call's event loop.
 */
record SocketTrace(Tracing.Trace trace) {

  /** Begins a span; null where none are made. */
  static @Nullable SocketTrace begin(SocketEvent event, int loop, @Nullable Tracing tracing) {
    if (tracing == null) {
      return null;
    }
    Opening opening = event.opening();
    Tracing.Told told =
        opening == null
            ? new Tracing.Told(null, null)
            : new Tracing.Told(opening.header("traceparent"), opening.traceId());
    return new SocketTrace(tracing.begin(told, loop, event.millis()));
  }

  String traceparent() {
    return trace.traceparent();
  }

  /** The event is over. */
  void end(SocketCall call) {
    SocketEvent event = call.event();
    SocketTimeline timeline = call.timeline();
    String routeKey = event.routeKey();
    trace.end(
        new Tracing.Ended(
            event.type() + (routeKey == null ? "" : " " + routeKey),
            null,
            routeKey,
            event.stage().apiId(),
            event.stage().name(),
            event.requestId(),
            timeline.nanos(),
            timeline.integrationFrom(),
            timeline.integrationNanos(),
            timeline.status(),
            timeline.reason()));
  }
}
