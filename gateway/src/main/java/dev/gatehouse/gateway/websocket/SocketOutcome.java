package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.function.FunctionAnswer.Line;
import java.util.List;

/** What came of an event's integration. */
sealed interface SocketOutcome {

  /**
   * The integration answered.
   *
   * @param headers only {@code $connect} has a use for them
   * @param body what the sender gets of a two-way route
   */
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  record Answered(int status, List<Line> headers, byte[] body) implements SocketOutcome {

    /** Whether a handshake goes on. */
    boolean good() {
      return status >= 200 && status < 300;
    }
  }

  /**
   * There is no answer.
   *
   * @param reason for the log
   */
  record Failed(SocketFault fault, String reason) implements SocketOutcome {}
}
