package dev.gatehouse.lambda.process;

import java.io.ByteArrayOutputStream;

/** A body that is held until it is complete, up to a limit; one beyond it is read and lost. */
final class HeldBody implements BodyTarget {
  private final int most;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
  private boolean tooLarge;

  HeldBody(int most) {
    this.most = most;
  }

  @Override
  public void write(byte[] more, int offset, int length) {
    tooLarge |= bytes.size() + length > most;
    if (!tooLarge) {
      bytes.write(more, offset, length);
    }
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  boolean tooLarge() {
    return tooLarge;
  }
}
