package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.meter.Count;
import dev.gatehouse.gateway.meter.Meter;
import dev.gatehouse.gateway.websocket.SocketOutcome.Failed;

/** Counts what came of an event: the metrics of WebSocket APIs (websocket-api.md 12 [C]). */
final class SocketCounts {
  private SocketCounts() {}

  static void count(SocketCall call, SocketOutcome outcome) {
    SocketEvent event = call.event();
    count(call, outcome, event.stage().meters().whole());
    String routeKey = event.routeKey();
    if (routeKey != null) {
      count(call, outcome, event.stage().meters().route(routeKey));
    }
  }

  private static void count(SocketCall call, SocketOutcome outcome, Meter meter) {
    int loop = call.worker().index();
    SocketTimeline timeline = call.timeline();
    boolean throttled = outcome instanceof Failed failed && failed.fault() == SocketFault.TOO_MANY;
    meter.answered(loop, timeline.status(), throttled, timeline);
    switch (call.event().type()) {
      case CONNECT -> meter.count(loop, Count.CONNECTS);
      case MESSAGE -> meter.count(loop, Count.MESSAGES);
      case DISCONNECT -> {}
    }
    if (timeline.integrationErred()) {
      meter.count(loop, Count.INTEGRATION_ERRORS);
    } else if (outcome instanceof Failed failed
        && failed.fault().status().code() >= 500
        && timeline.wasCalled()) {
      meter.count(loop, Count.EXECUTION_ERRORS);
    }
  }
}
