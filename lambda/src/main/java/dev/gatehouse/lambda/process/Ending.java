package dev.gatehouse.lambda.process;

/** How an invocation ended inside its process. */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public sealed interface Ending {

  /** The handler returned this; nothing where it was streamed. */
  record Returned(byte[] payload) implements Ending {}

  /** The runtime reported that the handler, or its start, failed. */
  record Reported(byte[] payload) implements Ending {}

  /** The handler returned more than may be returned. */
  record TooLarge() implements Ending {}

  /**
   * The process ended.
   *
   * @param reason {@code exit status 1}, {@code signal: killed}; empty for status 0
   */
  record Exited(String reason) implements Ending {}

  /** The process ended before it took the event: another one may run it. */
  record NotDelivered() implements Ending {}

  /** The deadline passed. */
  record TimedOut() implements Ending {}
}
