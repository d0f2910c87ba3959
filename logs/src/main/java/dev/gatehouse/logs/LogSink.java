package dev.gatehouse.logs;

/** Where events of logs go. */
@FunctionalInterface
public interface LogSink {

  /**
   * Takes one event. Returns at once, from any thread, whatever becomes of the event.
   *
   * @param millis when it happened, in milliseconds since the epoch
   * @param message cut after 256 Ki characters; one line break at its end is left out
   * @return whether there was room for it
   */
  boolean write(LogName name, long millis, String message);

  /** Whether so much waits to be written that those who can had better slow down. */
  default boolean pressed() {
    return false;
  }
}
