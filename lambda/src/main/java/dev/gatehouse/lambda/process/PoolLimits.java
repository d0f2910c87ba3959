package dev.gatehouse.lambda.process;

import java.time.Duration;

/**
 * Bounds of functions' processes.
 *
 * @param total how many processes all functions together may have; an idle one makes room
 * @param processes how many invocations of one function may run at once
 * @param start how long a start may take before it counts against the invocation's timeout
 * @param idle after which an unused process is ended
 * @param age after which a process is ended when it is next unused, so that its credentials do not
 *     expire
 */
public record PoolLimits(int total, int processes, Duration start, Duration idle, Duration age) {

  /** The same for a function with another number of its own. */
  public PoolLimits withProcesses(int other) {
    return new PoolLimits(total, other, start, idle, age);
  }

  /** AWS's 10 s for a start; the rest is ours. */
  public static PoolLimits defaults() {
    return new PoolLimits(
        100, 10, Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofMinutes(50));
  }
}
