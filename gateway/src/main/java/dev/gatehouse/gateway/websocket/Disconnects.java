package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.net.Worker;
import dev.gatehouse.gateway.websocket.SocketOutcome.Failed;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells backends of connections that are gone. However many go at once, few of their events are at
 * work at a time, and one that finds its function busy, or its route throttled, comes again: a
 * backend that keeps a list of connections would never learn of it otherwise.
 */
final class Disconnects {
  private static final int MOST_AT_WORK = 8;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;
  private static final int MOST_TRIES = 150;

  private final WebSockets sockets;
  private final WebSocketPorts ports;
  private final IdentityHashMap<Worker, Line> lines = new IdentityHashMap<>();
  private final AtomicLong outstanding = new AtomicLong();

  Disconnects(WebSockets sockets, WebSocketPorts ports, List<Worker> workers) {
    this.sockets = sockets;
    this.ports = ports;
    workers.forEach(worker -> lines.put(worker, new Line(worker)));
  }

  /** A connection is gone. Called on its event loop. */
  void add(Worker worker, Peer peer, String apiId, String stageName, CloseReason close) {
    outstanding.incrementAndGet();
    Objects.requireNonNull(lines.get(worker))
        .add(new Gone(peer, apiId, stageName, close, worker.millis()));
  }

  /** Whether no backend is still to be told of any. */
  boolean none() {
    return outstanding.get() == 0;
  }

  /** A connection that was. */
  private record Gone(Peer peer, String apiId, String stageName, CloseReason close, long millis) {}

  /** Those of one event loop, in the order of their going. */
  private final class Line {
    private final Worker worker;
    private final Queue<Gone> waiting = new ArrayDeque<>();
    private int atWork;

    Line(Worker worker) {
      this.worker = worker;
    }

    void add(Gone gone) {
      waiting.add(gone);
      next();
    }

    private void next() {
      while (atWork < MOST_AT_WORK && !waiting.isEmpty()) {
        atWork++;
        tell(waiting.remove());
      }
    }

    private void tell(Gone gone) {
      LiveSocketStage stage = sockets.stage(gone.apiId(), gone.stageName());
      if (stage == null || !stage.routes().containsKey(RouteSelection.DISCONNECT)) {
        done();
        return;
      }
      attempt(
          SocketEvent.disconnect(
              stage, gone.peer(), worker.requestId(), gone.millis(), gone.close()),
          1);
    }

    private void attempt(SocketEvent event, int tries) {
      SocketCall call = new SocketCall(event, ports, worker);
      long now = ports.nanos().getAsLong();
      SocketRoute route = Objects.requireNonNull(event.route());
      if (!event.stage().throttles().admits(RouteSelection.DISCONNECT, now)) {
        over(call, new Failed(SocketFault.TOO_MANY, "throttled"), tries);
      } else {
        call.start(route.backend(), outcome -> over(call, outcome, tries));
      }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the event loop
    private void over(SocketCall call, SocketOutcome outcome, int tries) {
      boolean again =
          outcome instanceof Failed(SocketFault fault, String reason)
              && (fault == SocketFault.BUSY || fault == SocketFault.TOO_MANY)
              && tries < MOST_TRIES;
      if (again) {
        long pause = Math.min(FIRST_PAUSE_MILLIS * tries, LONGEST_PAUSE_MILLIS);
        worker
            .loop()
            .schedule(() -> attempt(call.event(), tries + 1), pause, TimeUnit.MILLISECONDS);
        return;
      }
      call.log(outcome);
      done();
    }

    private void done() {
      outstanding.decrementAndGet();
      atWork--;
      worker.loop().execute(this::next); // not at once: a long line would be a deep stack
    }
  }
}
