package dev.gatehouse.gateway.meter;

/**
 * How an event loop is.
 *
 * @param loop its number
 * @param delayNanos how long a task had to wait for its turn; below zero where it got none in time
 * @param upstreamIdle connections to backends that wait for a request
 * @param upstreamOpen connections to backends, those included
 * @param waiting requests that wait for a connection
 */
public record LoopReading(
    int loop, long delayNanos, int upstreamIdle, int upstreamOpen, int waiting) {}
