package dev.gatehouse.gateway;

import dev.gatehouse.gateway.meter.Count;
import dev.gatehouse.gateway.meter.Meter;
import dev.gatehouse.gateway.spi.Tracing;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests and traces them, where that is switched on.
 *
 * <p>Data plane: on the exchange's event loop.
 */
final class Watch {
  private static final AsciiString TRACE_PARENT = AsciiString.cached("traceparent");

  private Watch() {}

  /** Begins a span, of which whoever is called next is told; null where none are made. */
  static Tracing.@Nullable Trace begin(Exchange exchange) {
    Tracing tracing = exchange.services().ports().tracing();
    if (tracing == null) {
      return null;
    }
    HttpHeaders headers = exchange.request().headers();
    Tracing.Told told = new Tracing.Told(headers.get(TRACE_PARENT), headers.get(TraceHeader.NAME));
    Tracing.Trace trace = tracing.begin(told, exchange.worker().index(), exchange.startMillis());
    headers.set(TRACE_PARENT, trace.traceparent());
    return trace;
  }

  /** Ends the span of a request that is over. */
  static void end(Tracing.Trace trace, Exchange exchange) {
    Timeline timeline = exchange.timeline();
    LiveStage stage = exchange.stageIfAny();
    LiveRoute route = exchange.routeIfAny();
    String method = exchange.method().name();
    trace.end(
        new Tracing.Ended(
            route == null ? method : method + " " + route.pathTemplate(),
            method,
            route == null ? null : route.pathTemplate(),
            exchange.apiId(),
            stage == null ? "" : stage.name(),
            exchange.requestId(),
            timeline.nanos(),
            timeline.integrationFrom(),
            timeline.integrationNanos(),
            timeline.status(),
            timeline.fault() == null ? null : timeline.reason()));
  }

  /** Counts a request that is over. */
  static void count(Exchange exchange) {
    LiveStage stage = exchange.stageIfAny();
    LiveRoute route = exchange.routeIfAny();
    if (stage == null) {
      count(exchange, exchange.services().unmatched());
      return;
    }
    count(exchange, stage.meters().whole());
    if (route != null) {
      count(exchange, stage.meters().route(route.routeKey()));
    }
  }

  private static void count(Exchange exchange, Meter meter) {
    int loop = exchange.worker().index();
    Timeline timeline = exchange.timeline();
    Fault fault = timeline.fault();
    meter.answered(loop, timeline.status(), fault == Fault.TOO_MANY, timeline);
    AuthorizerContext authorizer = exchange.authorizer();
    if (authorizer instanceof AuthorizerContext.Refused) {
      meter.count(
          loop, fault == Fault.AUTHORIZER ? Count.AUTHORIZER_FAILED : Count.AUTHORIZER_DENIED);
    } else if (authorizer != null) {
      meter.count(loop, Count.AUTHORIZER_ALLOWED);
    }
  }
}
