package dev.gatehouse.gateway.meter;

/** What is counted. */
public enum Count {
  CLIENT_ERRORS(0),
  SERVER_ERRORS(1),
  GONE(2),
  THROTTLED(3),
  BYTES(4),
  LATENCY(5),
  INTEGRATION_LATENCY(6),
  AUTHORIZER_ALLOWED(7),
  AUTHORIZER_DENIED(8),
  AUTHORIZER_FAILED(9),
  CONNECTS(10),
  MESSAGES(11),
  INTEGRATION_ERRORS(12),
  EXECUTION_ERRORS(13);

  /** Where the buckets of latencies begin. */
  static final int LATENCIES = 14;

  static final int INTEGRATION_LATENCIES = LATENCIES + Latency.BUCKETS;
  static final int LENGTH = INTEGRATION_LATENCIES + Latency.BUCKETS;

  private final int place;

  Count(int place) {
    this.place = place;
  }

  /** Where the number stands among those of a loop. */
  int place() {
    return place;
  }
}
