package dev.gatehouse.lambda.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How to start a function's process.
 *
 * @param environment every variable, given the {@code host:port} of the Runtime API; made anew for
 *     each process, because the credentials in it are
 * @param directory the working directory: the root of the function's code
 * @param timeout of one invocation
 * @param memorySize megabytes
 */
public record ProcessPlan(
    List<String> command,
    Function<String, Map<String, String>> environment,
    Path directory,
    Duration timeout,
    int memorySize) {}
