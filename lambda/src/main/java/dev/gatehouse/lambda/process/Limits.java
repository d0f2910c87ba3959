package dev.gatehouse.lambda.process;

import java.time.Duration;

/**
 * What a process and all that it starts are held to by the kernel. Memory is not among it: a limit
 * on addresses breaks JVMs and Node.js, so {@link ProcessWatch} measures what is in use.
 */
final class Limits {
  /** As AWS [C]. */
  static final int FILES = 1024;

  /** As AWS, threads included [C]. */
  static final int PROCESSES = 1024;

  private static final long BLOCK = 512;

  /** Beyond what a process can live it cannot work: a backstop for what escapes everything else. */
  private static final Duration CPU = Duration.ofHours(1);

  private Limits() {}

  /**
   * Commands for the shell that becomes the function: no core dumps, files no larger than its
   * temporary files may be, and the first to go where the machine runs out of memory.
   */
  static String commands(ProcessPlan plan, boolean ownUser) {
    long blocks = plan.storage() * (1L << 20) / BLOCK;
    long seconds = CPU.toSeconds() * Runtime.getRuntime().availableProcessors();
    return "{ ulimit -c 0; ulimit -f "
        + blocks
        + "; ulimit -n "
        + FILES
        + "; ulimit -t "
        + seconds
        + (ownUser ? "; /usr/bin/prlimit --pid $$ --nproc=" + PROCESSES : "")
        + "; echo 500 >/proc/self/oom_score_adj; } 2>/dev/null";
  }
}
