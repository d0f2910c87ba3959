package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.meter.Count;
import dev.gatehouse.gateway.meter.Meter;
import dev.gatehouse.gateway.meter.StageMeters;
import dev.gatehouse.gateway.websocket.SocketOutcome.Failed;
import org.jspecify.annotations.Nullable;

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

  private static void connect(SocketTimeline timeline, int loop, Meter meter) {
    if (timeline.wasCalled()) {
      meter.count(loop, Count.CONNECTS);
    }
    Count authorized = timeline.steps().result();
    if (authorized != null) {
      meter.count(loop, authorized);
    }
  }

  /**
   * A message goes to a client.
   *
   * @param routeKey of the route that it answers; null where it is a backend's own
   */
  static void sent(LiveSocketStage stage, @Nullable String routeKey, int loop) {
    StageMeters meters = stage.meters();
    meters.whole().count(loop, Count.MESSAGES);
    if (routeKey != null) {
      meters.route(routeKey).count(loop, Count.MESSAGES);
    }
  }

  private static void count(SocketCall call, SocketOutcome outcome, Meter meter) {
    int loop = call.worker().index();
    SocketTimeline timeline = call.timeline();
    SocketFault fault = outcome instanceof Failed failed ? failed.fault() : null;
    // An integration's own status is its error, not the client's.
    int status = fault == null ? 200 : fault.status().code();
    meter.answered(loop, status, fault == SocketFault.TOO_MANY, timeline);
    switch (call.event().type()) {
      case CONNECT -> connect(timeline, loop, meter);
      case MESSAGE -> meter.count(loop, Count.MESSAGES);
      case DISCONNECT -> {}
    }
    if (timeline.integrationErred()) {
      meter.count(loop, Count.INTEGRATION_ERRORS);
    } else if (status >= 500 && timeline.wasCalled()) {
      meter.count(loop, Count.EXECUTION_ERRORS);
    }
  }
}
