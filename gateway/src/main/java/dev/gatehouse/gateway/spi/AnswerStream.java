package dev.gatehouse.gateway.spi;

/**
 * Takes a function's answer while the function goes on writing it. Called on one thread at a time,
 * which may wait.
 */
public interface AnswerStream {

  /**
   * The answer begins.
   *
   * @param contentType as the function's runtime says; empty where it says nothing
   */
  void begin(String contentType) throws InterruptedException;

  /** Takes the next bytes; waits while the client is behind, and drops them where it has gone. */
  void write(byte[] bytes, int offset, int length) throws InterruptedException;
}
