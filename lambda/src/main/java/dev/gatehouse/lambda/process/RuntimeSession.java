package dev.gatehouse.lambda.process;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one process is at: starting, waiting for an event, running one, ended. The Runtime API tells
 * it what the process says, the pool what it is to do.
 */
final class RuntimeSession {
  /** What a request for the next event gets. */
  sealed interface Next {
    record Event(Invocation invocation) implements Next {}

    record Busy() implements Next {}

    record Closed() implements Next {}
  }

  /** How a start went. */
  sealed interface Started {
    record Ready() implements Started {}

    record Failed(Ending ending) implements Started {}
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final CompletableFuture<Started> started = new CompletableFuture<>();
  private final Consumer<Running> beforeNext;
  private @Nullable Running pending;
  private @Nullable Running current;
  private boolean polled;
  private boolean closed;

  /**
   * @param beforeNext runs after each ending was told and before the process can go on; may block
   */
  RuntimeSession(Consumer<Running> beforeNext) {
    this.beforeNext = beforeNext;
  }

  CompletableFuture<Started> started() {
    return started;
  }

  /** Hands an event to the process, which must be waiting or just about to. */
  Running run(Invocation invocation) {
    Running running = Running.of(invocation);
    lock.lock();
    try {
      if (closed) {
        fail(running, new Ending.NotDelivered());
      } else {
        pending = running;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    return running;
  }

  /** The process asks for an event. */
  Next next() throws InterruptedException {
    lock.lock();
    try {
      if (polled) {
        return new Next.Busy();
      }
      polled = true;
      started.complete(new Started.Ready());
      finishCurrent();
      while (pending == null && !closed) {
        changed.await();
      }
      polled = false;
      if (pending == null || closed) {
        return new Next.Closed();
      }
      Running taken = pending;
      current = taken;
      pending = null;
      return new Next.Event(taken.invocation());
    } finally {
      lock.unlock();
    }
  }

  /** A runtime that asks for more without having answered has lost the event. */
  private void finishCurrent() {
    Running done = current;
    current = null;
    if (done != null) {
      done.ending().complete(new Ending.Exited("the runtime asked for the next event"));
      done.back().complete(true);
    }
  }

  /** Who takes the answer to that request as a stream; null where nobody does, or no longer. */
  @Nullable AnswerSink sink(String requestId) {
    lock.lock();
    try {
      Running running = current;
      return running == null
              || running.ending().isDone()
              || !running.invocation().requestId().equals(requestId)
          ? null
          : running.invocation().sink();
    } finally {
      lock.unlock();
    }
  }

  /** The process reports an ending; false where it does not run that request. */
  boolean ended(String requestId, Ending ending) {
    Running running;
    lock.lock();
    try {
      running = current;
      if (running == null
          || !running.invocation().requestId().equals(requestId)
          || !running.ending().complete(ending)) {
        return false;
      }
    } finally {
      lock.unlock();
    }
    beforeNext.accept(running);
    return true;
  }

  /** The process reports that it cannot start; false where it had started. */
  boolean startFailed(byte[] payload) {
    return started.complete(new Started.Failed(new Ending.Reported(payload)));
  }

  /** The process has ended, or is to. */
  void exited(String reason) {
    Running lost;
    Running waiting;
    lock.lock();
    try {
      closed = true;
      lost = current;
      waiting = pending;
      current = null;
      pending = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    Ending ending = new Ending.Exited(reason);
    started.complete(new Started.Failed(ending));
    fail(lost, ending);
    fail(waiting, new Ending.NotDelivered());
  }

  private static void fail(@Nullable Running running, Ending ending) {
    if (running != null) {
      running.ending().complete(ending);
      running.back().complete(false);
    }
  }
}
