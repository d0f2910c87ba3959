package dev.gatehouse.cli.demo;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The processes that the demo has started. Closing ends all of them, the last one first, together
 * with what they started themselves; after that none can be started any more, so that Ctrl-C in the
 * middle of a step leaves nothing behind.
 */
final class Children implements AutoCloseable {

  private static final int GRACE_SECONDS = 20;

  private final Deque<Process> running = new ArrayDeque<>();
  private boolean closed;

  synchronized Process start(ProcessBuilder builder) throws IOException {
    if (closed) {
      throw new DemoFailure("the demo is being stopped");
    }
    Process process = builder.start();
    running.push(process);
    return process;
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!running.isEmpty()) {
      end(running.pop());
    }
  }

  /** Asks first; kills what doesn't end, and what an ended process left. */
  private static void end(Process process) {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    below.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
  }
}
