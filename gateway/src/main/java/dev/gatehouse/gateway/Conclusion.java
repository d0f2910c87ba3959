package dev.gatehouse.gateway;

import dev.gatehouse.gateway.log.StageLog;
import dev.gatehouse.gateway.spi.AccessLog;
import dev.gatehouse.gateway.spi.Tracing;
import org.jspecify.annotations.Nullable;

/** What is left of a request that is over: its counts, its span, its timeline and its log line. */
final class Conclusion {
  private Conclusion() {}

  /**
   * Writes down that a request is over.
   *
   * @param trace its span; null where none is made
   */
  static void of(Exchange exchange, Tracing.@Nullable Trace trace) {
    Timeline timeline = exchange.timeline();
    timeline.ended(facts(exchange));
    Watch.count(exchange);
    if (trace != null) {
      Watch.end(trace, exchange);
    }
    exchange.services().recent(exchange.worker()).add(timeline);
    LiveStage stage = exchange.stageIfAny();
    StageLog log = stage == null ? null : stage.log();
    if (log != null) {
      write(exchange, log);
    }
  }

  private static void write(Exchange exchange, StageLog log) {
    AccessLog lines = exchange.services().ports().log();
    log.write(name -> variable(exchange, name), lines, exchange.worker().line());
    if (lines.pressed()) {
      exchange.connection().hold();
      lines.whenRoom(() -> exchange.worker().loop().execute(exchange.connection()::proceed));
    }
  }

  private static @Nullable String variable(Exchange exchange, String name) {
    String value = exchange.timeline().value(name);
    return value == null ? ContextVariables.value(exchange, name) : value;
  }

  private static RequestFacts facts(Exchange exchange) {
    LiveStage at = exchange.stageIfAny();
    return new RequestFacts(
        exchange.requestId(),
        exchange.startMillis(),
        exchange.method().name(),
        at == null ? exchange.line().rawPath() : exchange.pathWithStage(),
        at == null ? null : at.scope().account(),
        exchange.apiId(),
        at == null ? null : at.name(),
        exchange.routeIfAny());
  }
}
