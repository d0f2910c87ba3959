package dev.gatehouse.lambda.process;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs the events of one revision of a function in processes that it starts and keeps warm. */
public final class FunctionPool {
  private static final int MAX_DELIVERIES = 3;

  /** What came of an event. */
  public sealed interface Result {}

  /** It was run, or its process could not be started. */
  public record Ran(Execution execution) implements Result {}

  /** Every process is busy. */
  public record Full() implements Result {}

  /** The function has changed meanwhile: ask its new pool. */
  public record Retired() implements Result {}

  /**
   * An event to run.
   *
   * @param functionArn as the invoker named it
   * @param clientContext JSON in ASCII, on one line; empty where the invoker gave none
   * @param sink takes an answer that is streamed; null where answers are held
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  public record Event(
      String requestId,
      String functionArn,
      byte[] payload,
      String clientContext,
      @Nullable AnswerSink sink) {}

  private final Supervisor supervisor;
  private final ProcessPlan plan;
  private final PoolLimits limits;
  private final InstantSource clock;
  private final ProcessSet processes;

  /**
   * @param total places for processes of all pools together
   */
  public FunctionPool(
      Supervisor supervisor,
      ProcessPlan plan,
      PoolLimits limits,
      Semaphore total,
      InstantSource clock) {
    this.supervisor = supervisor;
    this.plan = plan;
    this.limits = limits;
    this.clock = clock;
    this.processes = new ProcessSet(limits, total, clock);
  }

  /** Runs an event, in a warm process where there is one. Blocks until it has ended. */
  public Result execute(Event event) throws InterruptedException {
    for (int delivery = 1; ; delivery++) {
      Execution execution;
      switch (processes.take()) {
        case ProcessSet.Taken.Full() -> {
          return new Full();
        }
        case ProcessSet.Taken.Retired() -> {
          return new Retired();
        }
        case ProcessSet.Taken.Warm(FunctionProcess process) ->
            execution = run(process, event, plan.timeout());
        case ProcessSet.Taken.Place() -> execution = startAndRun(event);
      }
      boolean lost = execution.ending() instanceof Ending.NotDelivered;
      if (!lost || delivery == MAX_DELIVERIES) {
        return new Ran(execution);
      }
    }
  }

  private Execution run(FunctionProcess process, Event event, Duration limit)
      throws InterruptedException {
    Execution execution =
        process.execute(
            new Invocation(
                event.requestId(),
                event.functionArn(),
                clock.instant().plus(limit),
                event.payload(),
                event.clientContext(),
                event.sink()));
    switch (execution.ending()) {
      case Ending.Returned _, Ending.Reported _, Ending.TooLarge _ ->
          processes.expect(process, execution.back());
      case Ending.Exited _, Ending.TimedOut _, Ending.NotDelivered _ -> end(process);
    }
    return execution;
  }

  /** Its place is free when this returns, not whenever the news of its exit gets round. */
  private void end(FunctionProcess process) {
    process.stop();
    processes.remove(process);
  }

  /**
   * As AWS: a start of up to 10 s is the platform's affair. One that takes longer is killed and
   * begun again, and then it counts against the function's timeout [C].
   */
  private Execution startAndRun(Event event) throws InterruptedException {
    FunctionProcess process;
    try {
      process = start();
      Optional<RuntimeSession.Started> started = await(process, limits.start());
      if (started.isPresent()) {
        return runStarted(process, started.get(), event, plan.timeout());
      }
      end(process);
      if (!processes.reservePlace(plan.timeout())) {
        return Execution.without(new Ending.TimedOut(), process.logTail());
      }
      process = start();
    } catch (IOException e) {
      processes.giveBackPlace();
      return Execution.without(new Ending.Exited(String.valueOf(e.getMessage())), new byte[0]);
    }
    return runLateStarter(process, event);
  }

  private Execution runLateStarter(FunctionProcess process, Event event)
      throws InterruptedException {
    var begun = clock.instant();
    Optional<RuntimeSession.Started> started = await(process, plan.timeout());
    Duration left = plan.timeout().minus(Duration.between(begun, clock.instant()));
    if (started.isEmpty() || !left.isPositive()) {
      end(process);
      return Execution.without(new Ending.TimedOut(), process.logTail());
    }
    return runStarted(process, started.get(), event, left);
  }

  private Execution runStarted(
      FunctionProcess process, RuntimeSession.Started started, Event event, Duration limit)
      throws InterruptedException {
    return switch (started) {
      case RuntimeSession.Started.Ready() -> run(process, event, limit);
      case RuntimeSession.Started.Failed(Ending ending) -> {
        end(process);
        yield Execution.without(ending, process.logTail());
      }
    };
  }

  private FunctionProcess start() throws IOException {
    FunctionProcess process = FunctionProcess.start(supervisor, plan, clock);
    processes.add(process);
    return process;
  }

  private static Optional<RuntimeSession.Started> await(FunctionProcess process, Duration limit)
      throws InterruptedException {
    try {
      return Optional.of(process.started().get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends processes that have been idle, or alive, for longer than the limits say. */
  public void reap() {
    stop(processes.takeAged());
  }

  /** Since when its longest idle process is; empty where none is. */
  public Optional<Instant> idleSince() {
    return processes.idleSince();
  }

  /** Ends the process that has been idle for longest, and waits until its place is free. */
  public boolean endIdlest() {
    Optional<FunctionProcess> idlest = processes.takeIdlest();
    idlest.ifPresent(process -> {
      process.stop();
      processes.remove(process); // now, not whenever its exit gets round to it
    });
    return idlest.isPresent();
  }

  /** Takes no more events. Running ones go on; the future completes when the last has ended. */
  public CompletableFuture<Void> retire() {
    stop(processes.retire());
    return processes.empty();
  }

  /** Ends every process at once, busy or not. */
  public CompletableFuture<Void> close() {
    stop(processes.retire());
    stop(processes.all());
    return processes.empty();
  }

  private static void stop(List<FunctionProcess> processes) {
    processes.forEach(process -> Thread.startVirtualThread(process::stop));
  }
}
