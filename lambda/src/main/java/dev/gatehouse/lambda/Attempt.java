package dev.gatehouse.lambda;

/**
 * A try at an event that nobody waits for.
 *
 * @param count how often the function has been run for it
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record Attempt(LaterEvent event, byte[] payload, EventConfig config, Invoked invoked, int count) {

  /** It was too late to try. */
  static Attempt none(LaterEvent event, byte[] payload, EventConfig config) {
    Invoked nothing = Invoked.without(event.requestId(), new InvokeOutcome.Throttled(false));
    return new Attempt(event, payload, config, nothing, event.failures());
  }

  /** The same of the event as it is kept now. */
  Attempt of(LaterEvent now) {
    return new Attempt(now, payload, config, invoked, count);
  }

  boolean throttled() {
    return invoked.outcome() instanceof InvokeOutcome.Throttled;
  }
}
