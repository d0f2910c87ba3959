package dev.gatehouse.client;

/**
 * How many requests get through.
 *
 * @param rate requests a second over time
 * @param burst requests at once
 */
public record Throttle(double rate, int burst) {}
