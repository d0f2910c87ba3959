package dev.gatehouse.lambda.process;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The processes of a pool and who has which. The most recently used idle one goes out first, so
 * that the others age and are ended.
 */
final class ProcessSet {
  /**
   * How long to wait for a process that has just answered rather than start another. It takes a
   * fraction of a millisecond, but on a machine that is busy a start takes this long as well.
   */
  private static final Duration RETURN = Duration.ofMillis(500);

  /** What {@link #take} gives. */
  sealed interface Taken {
    record Warm(FunctionProcess process) implements Taken {}

    /** A place for a process that the taker now starts. */
    record Place() implements Taken {}

    record Full() implements Taken {}

    record Retired() implements Taken {}
  }

  private record Idle(FunctionProcess process, Instant since) {}

  private final PoolLimits limits;
  private final Semaphore total;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Idle> idle = new ArrayDeque<>();
  private final Set<FunctionProcess> all = new HashSet<>();
  private final CompletableFuture<Void> empty = new CompletableFuture<>();
  private int places;
  private int returning;
  private boolean retired;

  /**
   * @param total places of all sets together
   */
  ProcessSet(PoolLimits limits, Semaphore total, InstantSource clock) {
    this.limits = limits;
    this.total = total;
    this.clock = clock;
    this.places = limits.processes();
  }

  Taken take() throws InterruptedException {
    lock.lock();
    try {
      long nanos = RETURN.toNanos();
      while (true) {
        if (retired) {
          return new Taken.Retired();
        }
        Idle warm = idle.pollLast();
        if (warm != null) {
          return new Taken.Warm(warm.process());
        }
        if (returning == 0 || nanos <= 0) {
          if (places <= 0 || !total.tryAcquire()) {
            return new Taken.Full();
          }
          places--;
          return new Taken.Place();
        }
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A process was started in a place; it stands there until it is gone. */
  void add(FunctionProcess process) {
    lock.lock();
    try {
      all.add(process);
    } finally {
      lock.unlock();
    }
    var _ = process.exited().thenRun(() -> remove(process));
  }

  /**
   * Takes a place whether or not the set has one, for a process that replaces another; false where
   * the other functions took all there are.
   */
  boolean reservePlace(Duration limit) throws InterruptedException {
    if (!total.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    lock.lock();
    try {
      places--;
    } finally {
      lock.unlock();
    }
    return true;
  }

  /** Nothing could be started in the place. */
  void giveBackPlace() {
    lock.lock();
    try {
      places++;
      total.release();
      settle();
    } finally {
      lock.unlock();
    }
  }

  /** The process has answered and will soon be back; then it is idle. */
  void expect(FunctionProcess process, CompletableFuture<Boolean> back) {
    lock.lock();
    try {
      returning++;
    } finally {
      lock.unlock();
    }
    var _ = back.thenAccept(ready -> returned(process, ready));
  }

  private void returned(FunctionProcess process, boolean ready) {
    boolean keep;
    lock.lock();
    try {
      returning--;
      keep = ready && !retired && all.contains(process);
      if (keep) {
        idle.addLast(new Idle(process, clock.instant()));
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (!keep) {
      Thread.startVirtualThread(process::stop);
    }
  }

  /** The process is gone: its place is free. Once for each process, however often it is called. */
  void remove(FunctionProcess process) {
    lock.lock();
    try {
      if (all.remove(process)) {
        places++;
        total.release();
        idle.removeIf(entry -> entry.process() == process);
        settle();
      }
    } finally {
      lock.unlock();
    }
  }

  private void settle() {
    changed.signalAll();
    if (retired && places == limits.processes()) {
      empty.complete(null);
    }
  }

  /** The processes that have been idle or alive for too long; they are no longer given out. */
  List<FunctionProcess> takeAged() {
    Instant now = clock.instant();
    return takeIdle(entry ->
        entry.since().plus(limits.idle()).isBefore(now)
            || entry.process().begun().plus(limits.age()).isBefore(now));
  }

  /** Since when the process that has been idle for longest is; empty where none is. */
  Optional<Instant> idleSince() {
    lock.lock();
    try {
      return Optional.ofNullable(idle.peekFirst()).map(Idle::since);
    } finally {
      lock.unlock();
    }
  }

  /** The process that has been idle for longest; it is no longer given out. */
  Optional<FunctionProcess> takeIdlest() {
    lock.lock();
    try {
      return Optional.ofNullable(idle.pollFirst()).map(Idle::process);
    } finally {
      lock.unlock();
    }
  }

  /** Gives nothing out any more; returns the idle processes, the others end once they are back. */
  List<FunctionProcess> retire() {
    lock.lock();
    try {
      retired = true;
      settle();
    } finally {
      lock.unlock();
    }
    return takeIdle(entry -> true);
  }

  private List<FunctionProcess> takeIdle(Predicate<Idle> which) {
    lock.lock();
    try {
      List<Idle> taken = idle.stream().filter(which).toList();
      idle.removeAll(taken);
      return taken.stream().map(Idle::process).toList();
    } finally {
      lock.unlock();
    }
  }

  List<FunctionProcess> all() {
    lock.lock();
    try {
      return new ArrayList<>(all);
    } finally {
      lock.unlock();
    }
  }

  /** Completes when the set was retired and its last process is gone. */
  CompletableFuture<Void> empty() {
    return empty;
  }
}
