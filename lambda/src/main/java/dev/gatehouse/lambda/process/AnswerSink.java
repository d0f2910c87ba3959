package dev.gatehouse.lambda.process;

/**
 * Takes an answer that a function streams, while it comes. Called on one thread at a time, which
 * may wait.
 */
public interface AnswerSink {

  /**
   * The answer begins.
   *
   * @param version of the function that answers
   * @param contentType as the runtime says; empty where it says nothing
   */
  void begin(String version, String contentType) throws InterruptedException;

  /**
   * Takes the next bytes, and waits while whoever reads the answer is behind. Where nobody reads it
   * any more they are gone: the function goes on, as on AWS [C].
   */
  void write(byte[] bytes, int offset, int length) throws InterruptedException;
}
