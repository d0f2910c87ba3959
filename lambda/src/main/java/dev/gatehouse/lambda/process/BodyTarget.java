package dev.gatehouse.lambda.process;

/** Where a request's body goes. */
interface BodyTarget {

  /** Takes the next bytes; may wait. */
  void write(byte[] bytes, int offset, int length) throws InterruptedException;
}
