package dev.gatehouse.lambda.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How to start a function's process.
 *
 * @param directory the working directory: the root of the function's code
 * @param temporary below which each process gets a directory for temporary files
 * @param timeout of one invocation
 * @param memorySize megabytes
 * @param storage megabytes of temporary files
 * @param version of the function, for its log
 * @param needed what the process must be able to reach, besides its directory
 */
public record ProcessPlan(
    ProcessStart start,
    Path directory,
    Path temporary,
    Duration timeout,
    int memorySize,
    int storage,
    String version,
    List<Path> needed) {
  public ProcessPlan {
    needed = List.copyOf(needed);
  }
}
