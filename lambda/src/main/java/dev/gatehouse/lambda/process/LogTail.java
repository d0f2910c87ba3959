package dev.gatehouse.lambda.process;

import java.util.Arrays;

/** The last 4 KB of an invocation's log, as {@code LogType=Tail} returns them. Thread-safe. */
final class LogTail {
  private static final int CAPACITY = 4096;

  private final byte[] ring = new byte[CAPACITY];
  private long written;

  synchronized void write(byte[] bytes, int offset, int length) {
    int from = Math.max(0, length - CAPACITY);
    int kept = length - from;
    int at = (int) (written % CAPACITY);
    int first = Math.min(kept, CAPACITY - at);
    System.arraycopy(bytes, offset + from, ring, at, first);
    System.arraycopy(bytes, offset + from + first, ring, 0, kept - first);
    written += kept;
  }

  synchronized byte[] bytes() {
    if (written <= CAPACITY) {
      return Arrays.copyOf(ring, (int) written);
    }
    byte[] tail = new byte[CAPACITY];
    int start = (int) (written % CAPACITY);
    System.arraycopy(ring, start, tail, 0, CAPACITY - start);
    System.arraycopy(ring, 0, tail, CAPACITY - start, start);
    return tail;
  }

  synchronized void clear() {
    written = 0;
  }
}
