package dev.gatehouse.lambda.process;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How to start a function's process.
 *
 * @param directory the working directory: the root of the function's code
 * @param temporary below which each process gets a directory for temporary files
 * @param timeout of one invocation
 * @param memorySize megabytes
 * @param storage megabytes of temporary files
 * @param version of the function, for its log
 */
public record ProcessPlan(
    ProcessStart start,
    Path directory,
    Path temporary,
    Duration timeout,
    int memorySize,
    int storage,
    String version) {}
