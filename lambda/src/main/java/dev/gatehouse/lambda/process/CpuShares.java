package dev.gatehouse.lambda.process;

import java.io.IOException;

/**
 * What processes get of the machine's CPU. A process is named by its directory for temporary files.
 */
public sealed interface CpuShares permits CpuShares.Free, Cgroups {

  /** All that is free, for each. */
  static CpuShares free() {
    return new Free();
  }

  /** Makes what a process is to be held by. */
  void create(String process) throws IOException;

  /** A command for the shell that becomes the process, before it does anything else. */
  String joining(String process);

  /**
   * Holds a process to its share from now on.
   *
   * @param memory of its function, in megabytes
   */
  void hold(String process, int memory);

  /** The process has ended, with all that it has started. */
  void remove(String process);

  /** Nobody is held to anything. */
  record Free() implements CpuShares {
    @Override
    public void create(String process) {
      // There is nothing to make.
    }

    @Override
    public String joining(String process) {
      return "";
    }

    @Override
    public void hold(String process, int memory) {
      // It has what is free.
    }

    @Override
    public void remove(String process) {
      // There is nothing to remove.
    }
  }
}
