package dev.gatehouse.gateway.throttle;

/**
 * How much one bucket lets through.
 *
 * @param rate tokens that come back a second
 * @param burst tokens that it holds
 */
public record Limit(double rate, int burst) {

  /** Whether no request gets through: either of the two is zero (http-api.md 10.1 [C] for both). */
  boolean closed() {
    return rate <= 0 || burst <= 0;
  }
}
