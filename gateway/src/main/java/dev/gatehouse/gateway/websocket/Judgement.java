package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.websocket.ConnectGate.Admitted;
import dev.gatehouse.gateway.websocket.ConnectGate.Decision;
import dev.gatehouse.gateway.websocket.ConnectGate.Refused;
import dev.gatehouse.gateway.websocket.ConnectSteps.Consulted;
import dev.gatehouse.gateway.websocket.ConnectSteps.Step;
import org.jspecify.annotations.Nullable;

/**
 * What an authorizer came to.
 *
 * @param consulted the call of its function; null where it was not called
 */
record Judgement(Decision decision, @Nullable Consulted consulted) {

  /** Nobody could say. */
  static Judgement broken(@Nullable Throwable failure) {
    return new Judgement(
        new Refused(SocketFault.AUTHORIZER, "the authorizer failed: " + failure), null);
  }

  /**
   * For the log.
   *
   * @param millis how long all of it took
   */
  ConnectSteps steps(long millis) {
    return switch (decision) {
      case Admitted _ -> new ConnectSteps(null, Step.good(millis), consulted, Step.good(0));
      case Refused(SocketFault fault, String reason) -> {
        Step refused = new Step(fault.status().code(), millis, reason);
        yield fault == SocketFault.FORBIDDEN
            ? new ConnectSteps(
                null, Step.good(millis), consulted, new Step(refused.status(), 0, reason))
            : new ConnectSteps(null, refused, consulted, null);
      }
    };
  }
}
