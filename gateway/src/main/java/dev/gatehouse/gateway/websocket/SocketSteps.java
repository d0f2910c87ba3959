package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.log.ExecutionLog;
import dev.gatehouse.gateway.log.ExecutionLog.Level;
import dev.gatehouse.gateway.spi.AccessLog;
import dev.gatehouse.gateway.websocket.SocketOutcome.Answered;
import dev.gatehouse.gateway.websocket.SocketOutcome.Failed;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Tells the execution log of a stage what happens to an event. */
final class SocketSteps {
  private SocketSteps() {}

  /** The integration is about to be called. */
  static void begin(SocketCall call) {
    SocketEvent event = call.event();
    ExecutionLog log = event.stage().steps();
    if (log == null) {
      return;
    }
    Level level = log.level(event.routeKey());
    AccessLog lines = call.ports().log();
    String id = event.requestId();
    if (level.steps()) {
      log.write(lines, id, "Starting execution for request: " + id);
      log.write(
          lines,
          id,
          event.type()
              + " of connection "
              + event.peer().connectionId()
              + " on route "
              + event.routeKey());
    }
    if (level.bodies() && event.body().length > 0) {
      log.write(lines, id, "Request body: " + ExecutionLog.shown(event.body()));
    }
    if (level.steps()) {
      log.write(lines, id, "Sending request to the integration");
    }
  }

  /** The event is over. */
  static void end(SocketCall call, SocketOutcome outcome) {
    SocketEvent event = call.event();
    ExecutionLog log = event.stage().steps();
    if (log == null) {
      return;
    }
    Level level = log.level(event.routeKey());
    AccessLog lines = call.ports().log();
    String id = event.requestId();
    switch (outcome) {
      case Answered answered -> answered(call, answered, log, level);
      case Failed(SocketFault fault, String reason) -> {
        if (level.errors()) {
          String cause = ExecutionLog.shown(reason.getBytes(StandardCharsets.UTF_8));
          log.write(lines, id, "Execution failed: " + cause);
          log.write(lines, id, "Method completed with status: " + fault.status().code());
        }
      }
    }
  }

  private static void answered(SocketCall call, Answered answered, ExecutionLog log, Level level) {
    AccessLog lines = call.ports().log();
    String id = call.event().requestId();
    if (level.steps()) {
      long millis = TimeUnit.NANOSECONDS.toMillis(call.timeline().integrationNanos());
      log.write(
          lines,
          id,
          "Received response. Status: %d, Integration latency: %d ms"
              .formatted(answered.status(), Math.max(0, millis)));
    }
    if (level.bodies() && answered.body().length > 0) {
      log.write(lines, id, "Response body: " + ExecutionLog.shown(answered.body()));
    }
    if (level.steps()) {
      log.write(lines, id, "Successfully completed execution");
    }
  }
}
