package dev.gatehouse.server.config;

import java.time.Duration;

/**
 * Functions' processes.
 *
 * @param processes how many invocations of one function may run at once
 * @param idle after which an unused process is ended
 */
public record FunctionSettings(int processes, Duration idle) {}
