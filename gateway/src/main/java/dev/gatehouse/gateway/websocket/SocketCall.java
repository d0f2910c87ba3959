package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.log.StageLog;
import dev.gatehouse.gateway.net.Deadlines;
import dev.gatehouse.gateway.net.Worker;
import dev.gatehouse.gateway.websocket.SocketOutcome.Answered;
import dev.gatehouse.gateway.websocket.SocketOutcome.Failed;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event on its way to an integration and back. Ends once: with what came, or with the time that
 * the integration has.
 *
 * <p>Data plane: touched by its event loop only.
 */
final class SocketCall extends Deadlines.Timed {
  private static final Logger LOG = LoggerFactory.getLogger(SocketCall.class);

  private final SocketEvent event;
  private final WebSocketPorts ports;
  private final Worker worker;
  private final SocketTimeline timeline;
  private final @Nullable SocketTrace trace;
  private @Nullable Consumer<SocketOutcome> then;
  private Runnable abandon = () -> {};

  SocketCall(SocketEvent event, WebSocketPorts ports, Worker worker) {
    this.event = event;
    this.ports = ports;
    this.worker = worker;
    this.timeline = new SocketTimeline(ports.nanos());
    this.trace = SocketTrace.begin(event, worker.index(), ports.tracing());
  }

  private SocketCall(SocketCall before, Peer known) {
    this.event = before.event.with(known);
    this.ports = before.ports;
    this.worker = before.worker;
    this.timeline = before.timeline;
    this.trace = before.trace;
  }

  /** The same of a client of which more is known. */
  SocketCall with(Peer known) {
    return new SocketCall(this, known);
  }

  SocketEvent event() {
    return event;
  }

  WebSocketPorts ports() {
    return ports;
  }

  Worker worker() {
    return worker;
  }

  SocketTimeline timeline() {
    return timeline;
  }

  /** What a backend is told of the trace that the event is part of; null where there is none. */
  @Nullable String traceparent() {
    return trace == null ? null : trace.traceparent();
  }

  /** Begins; the outcome comes on this event loop, at once or later. */
  void start(SocketBackend backend, Consumer<SocketOutcome> outcome) {
    then = outcome;
    SocketSteps.begin(this);
    timeline.called(backend.timed());
    worker.requestDeadlines().set(this, backend.timeoutMillis());
    backend.start(this);
  }

  /** What gives the work up when its time is over. */
  void ifLate(Runnable giveUp) {
    abandon = giveUp;
  }

  /** Whether nobody waits for the outcome any more. */
  boolean ended() {
    return then == null;
  }

  /** The outcome, found on the event loop. */
  void finish(SocketOutcome outcome) {
    Consumer<SocketOutcome> waiting = then;
    if (waiting == null) {
      return;
    }
    then = null;
    worker.requestDeadlines().clear(this);
    timeline.integrated();
    waiting.accept(outcome);
  }

  @Override
  protected void expired() {
    abandon.run();
    finish(new Failed(SocketFault.TIMEOUT, "the integration did not answer in time"));
  }

  /** Writes down what came of the event. */
  void log(SocketOutcome outcome) {
    switch (outcome) {
      case Answered answered -> timeline.ended(told(answered));
      case Failed(SocketFault fault, String reason) -> {
        timeline.failed(fault, reason);
        if (fault.status().code() >= 500) {
          LOG.info(
              "{} of connection {}, request {}: {}",
              event.routeKey(),
              event.peer().connectionId(),
              event.requestId(),
              reason);
        }
      }
    }
    SocketSteps.end(this, outcome);
    SocketCounts.count(this, outcome);
    if (trace != null) {
      trace.end(this);
    }
    StageLog log = event.stage().log();
    if (log != null) {
      log.write(this::variable, ports.log(), worker.line());
    }
  }

  /** A client that is not let in hears the integration's own status; all else is well [U]. */
  private int told(Answered answered) {
    boolean refused = event.type() == SocketEvent.Type.CONNECT && !answered.good();
    return refused ? answered.status() : 200;
  }

  private @Nullable String variable(String name) {
    String value = timeline.value(name);
    return value == null ? SocketVariables.value(event, name) : value;
  }
}
