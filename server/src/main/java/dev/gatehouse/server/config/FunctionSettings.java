package dev.gatehouse.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Functions' processes.
 *
 * @param processes how many invocations of one function may run at once, where it reserves nothing
 * @param totalProcesses how many processes all functions together may have
 * @param idle after which an unused process is ended
 * @param retryAfter how long after a failure an event that nobody waits for is tried again
 * @param directories below which functions may run from a directory as it is
 * @param firstUser where Gatehouse is root, the id of the first of the users that processes run as;
 *     there are four times as many as processes
 * @param cpuGroup the control group in which each process gets CPU time by its memory; null where
 *     each has what is free
 * @param endpoints where functions live that are not here
 */
public record FunctionSettings(
    int processes,
    int totalProcesses,
    Duration idle,
    Duration retryAfter,
    List<Path> directories,
    int firstUser,
    @Nullable Path cpuGroup,
    List<FunctionEndpoint> endpoints) {
  public FunctionSettings {
    directories = List.copyOf(directories);
    endpoints = List.copyOf(endpoints);
  }
}
