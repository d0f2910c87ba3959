package dev.gatehouse.gateway;

/** AWS's limits of the data plane (http-api.md 10.2 [C]). */
final class Limits {
  /** Bytes of a request's or a response's body: 10 MB. */
  static final long PAYLOAD_BYTES = 10L * 1024 * 1024;

  /** Bytes of the event of a synchronous Lambda invocation: 6 MB. */
  static final int EVENT_BYTES = 6 * 1024 * 1024;

  /** How long a client may send nothing of its body, or take nothing of its answer: ours. */
  static final long CLIENT_MILLIS = 60_000;

  private Limits() {}
}
