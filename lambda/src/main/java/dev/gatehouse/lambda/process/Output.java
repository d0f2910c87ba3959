package dev.gatehouse.lambda.process;

/** Takes what a process prints, in order. */
interface Output {

  /** Takes a line, or a piece of a very long one; the bytes are valid only during the call. */
  void write(byte[] bytes, int offset, int length);

  /** Returns once more can be taken. */
  void awaitRoom();
}
