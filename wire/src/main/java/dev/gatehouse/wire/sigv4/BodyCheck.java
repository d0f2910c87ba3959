package dev.gatehouse.wire.sigv4;

/** Follows a body and has the last word on it. */
interface BodyCheck {
  void update(byte[] bytes, int offset, int length);

  /** Called once, at the body's end. */
  void finish() throws PayloadRejected;
}
