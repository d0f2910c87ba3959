package dev.gatehouse.gateway;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much may be on its way from a thread that can wait to an event loop that cannot, so that a
 * slow reader slows its writer down instead of filling memory.
 */
final class Window {
  private static final long BYTES = 64 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long under;
  private boolean closed;

  /** Waits until there is room; false where nobody takes anything any more. */
  boolean enter(int bytes) throws InterruptedException {
    lock.lock();
    try {
      while (under >= BYTES && !closed) {
        changed.await();
      }
      under += bytes;
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** So many bytes have been taken. Never waits. */
  void leave(long bytes) {
    lock.lock();
    try {
      under -= bytes;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody takes anything any more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
