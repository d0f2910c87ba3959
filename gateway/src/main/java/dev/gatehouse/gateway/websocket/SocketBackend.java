package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.websocket.SocketOutcome.Answered;
import dev.gatehouse.gateway.websocket.SocketOutcome.Failed;
import java.util.List;

/** An integration, compiled for one stage. */
sealed interface SocketBackend
    permits FunctionBackend, HttpBackend, MockBackend, SocketBackend.Unusable, SocketBackend.None {
  /** AWS's longest, for those that need no time. */
  int LONGEST_MILLIS = 29_000;

  /** Begins the work; what comes of it goes to the call. On the call's event loop. */
  void start(SocketCall call);

  /** How long it may take. */
  default int timeoutMillis() {
    return LONGEST_MILLIS;
  }

  /** Whether it is something whose time is measured: a mock is not [C]. */
  default boolean timed() {
    return true;
  }

  /**
   * An integration that cannot be called, as every event finds out.
   *
   * @param reason for the log
   */
  record Unusable(String reason) implements SocketBackend {
    @Override
    public void start(SocketCall call) {
      call.finish(new Failed(SocketFault.INTERNAL, reason));
    }
  }

  /** The route has no integration: good for {@code $connect}, an error for messages [L]. */
  record None() implements SocketBackend {
    private static final Answered NOTHING = new Answered(200, List.of(), new byte[0]);

    @Override
    public boolean timed() {
      return false;
    }

    @Override
    public void start(SocketCall call) {
      boolean message = call.event().type() == SocketEvent.Type.MESSAGE;
      call.finish(
          message ? new Failed(SocketFault.INTERNAL, "the route has no integration") : NOTHING);
    }
  }
}
