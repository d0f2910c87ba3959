package dev.gatehouse.lambda.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures what functions' processes use and ends those that use more than they may. One thread for
 * all of them; it sleeps while there are none. What a process itself holds is looked at every 100
 * ms, with all that it has started every half second, its temporary files every two.
 */
public final class ProcessWatch implements AutoCloseable, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessWatch.class);
  private static final long TICK_NANOS = 100_000_000;
  private static final int FAMILY_TICKS = 5;
  private static final int STORAGE_TICKS = 20;

  /**
   * What the runtime itself takes does not count: a JVM needs about this much besides its heap, and
   * on AWS it does not count against a function either, as far as one can see [U].
   */
  private static final long RUNTIME_MEGABYTES = 64;

  /**
   * Beyond so many processes and threads what they share counts for each: looking takes too long.
   */
  private static final int EXACT_TASKS = 128;

  private final Set<FunctionProcess> processes = ConcurrentHashMap.newKeySet();
  private final Usage usage = new Usage(Path.of("/proc"));
  private final Thread thread;
  private volatile boolean closed;

  /** Begins to watch. */
  public ProcessWatch() {
    this.thread = Thread.ofPlatform().daemon().name("function-watch").start(this);
  }

  void add(FunctionProcess process) {
    processes.add(process);
    LockSupport.unpark(thread);
  }

  void remove(FunctionProcess process) {
    processes.remove(process);
  }

  @Override
  public void run() {
    for (long tick = 0; !closed; tick++) {
      if (processes.isEmpty()) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, TICK_NANOS);
        look(tick);
      }
    }
  }

  private void look(long tick) {
    try {
      boolean busy = processes.stream().anyMatch(FunctionProcess::busy);
      boolean family = tick % (busy ? FAMILY_TICKS : FAMILY_TICKS * FAMILY_TICKS) == 0;
      Map<Long, Usage.Family> families = family ? usage.families() : Map.of();
      for (FunctionProcess process : List.copyOf(processes)) {
        String excess = excess(process, families, tick);
        if (excess != null) {
          processes.remove(process);
          process.endFor(excess);
        }
      }
    } catch (RuntimeException e) {
      LOG.error("What functions use could not be measured", e); // and again in a moment
    }
  }

  /** What a process uses too much of; null where it is all right. */
  private @Nullable String excess(
      FunctionProcess process, Map<Long, Usage.Family> families, long tick) {
    long group = process.group();
    if (group < 0) {
      return null; // it has not begun
    }
    Usage.Family family = families.get(group);
    long most = process.plan().memorySize() + RUNTIME_MEGABYTES;
    long memory = family != null ? family.megabytes() : process.busy() ? usage.megabytes(group) : 0;
    if (memory > most && family != null && family.tasks() <= EXACT_TASKS) {
      memory = usage.exactMegabytes(group); // what has forked shares most of what it has
    }
    if (memory > most) {
      return "memory: " + memory + " MB are in use, " + most + " MB may be";
    }
    if (family != null && family.tasks() > Limits.PROCESSES) {
      return "processes and threads: " + Limits.PROCESSES + " may be there";
    }
    if (tick % STORAGE_TICKS == 0 && process.busy()) {
      long storage = Usage.stored(process.temporary(), process.plan().storage());
      if (storage > process.plan().storage()) {
        return "temporary files: " + process.plan().storage() + " MB may be there";
      }
    }
    return null;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
