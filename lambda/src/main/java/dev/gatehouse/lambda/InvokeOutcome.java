package dev.gatehouse.lambda;

/** What came of an invocation. */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public sealed interface InvokeOutcome {

  /** The handler returned this; nothing where it was streamed to the request's sink. */
  record Returned(byte[] payload) implements InvokeOutcome {}

  /** The handler threw, or its process died, timed out or could not start; what AWS says of it. */
  record Failed(byte[] payload) implements InvokeOutcome {}

  /** The resource policy does not let this source invoke the function. */
  record Denied() implements InvokeOutcome {}

  /** There is no such function or qualifier. */
  record Missing() implements InvokeOutcome {}

  /**
   * As many invocations run as may.
   *
   * @param reserved whether it is the function's own reserve that is used up
   */
  record Throttled(boolean reserved) implements InvokeOutcome {}

  /** The event is over the 6 MB of a synchronous invocation. */
  record TooLarge() implements InvokeOutcome {}
}
