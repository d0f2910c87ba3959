package dev.gatehouse.gateway.spi;

/** Where the lines of access logs go. */
@FunctionalInterface
public interface AccessLog {

  /**
   * Takes one line. Called on event loops: must return at once, whatever becomes of the line.
   *
   * @param destination the ARN that the stage names: a log group's or a delivery stream's
   * @param line without its end; at most 256 Ki characters and no control character that came from
   *     a client
   */
  void write(String destination, String line);

  /** Whether those whose lines come here had better wait until there is room. */
  default boolean pressed() {
    return false;
  }

  /** Calls back, on any thread, once there is room: at once where there is. */
  default void whenRoom(Runnable resumed) {
    resumed.run();
  }
}
