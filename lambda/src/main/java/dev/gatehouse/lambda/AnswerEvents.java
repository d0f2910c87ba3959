package dev.gatehouse.lambda;

import dev.gatehouse.lambda.process.AnswerSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The answer of InvokeWithResponseStream: what a function writes, as events, to whoever reads this
 * stream. An answer that the function gives as a whole becomes events, too [C]. A slow reader slows
 * the function down; one that closes does not stop it.
 */
final class AnswerEvents extends InputStream implements AnswerSink {
  static final String TYPE = "application/vnd.amazon.eventstream";

  private static final int MOST_WAITING = 256 * 1024;

  /**
   * What is known before the first event.
   *
   * @param instead what came of the invocation, where it ended before anything was streamed
   */
  record Head(String version, @Nullable InvokeOutcome instead) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private final boolean tail;
  private int bytes;
  private int read;
  private @Nullable Head head;
  private @Nullable RuntimeException failure;
  private boolean ended;
  private boolean closed;

  /**
   * @param tail whether the last event shows the end of the log
   */
  AnswerEvents(boolean tail) {
    this.tail = tail;
  }

  @Override
  public void begin(String version, String contentType) {
    change(() -> head = new Head(version, null));
  }

  @Override
  public void write(byte[] part, int offset, int length) throws InterruptedException {
    byte[] event = AnswerEvent.chunk(part, offset, length);
    lock.lock();
    try {
      while (bytes > MOST_WAITING && !closed && !ended) {
        changed.await();
      }
      if (!ended) {
        add(event);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The invocation has ended. */
  void end(Invoked invoked) {
    String log = tail ? InvokeCalls.log(invoked) : "";
    change(() -> {
      boolean streamed = head != null;
      if (!streamed) {
        head = new Head(invoked.version(), invoked.outcome());
        AnswerEvent.whole(invoked.outcome()).forEach(this::add);
      }
      add(AnswerEvent.complete(invoked.outcome(), streamed, log));
      ended = true;
    });
  }

  /** It could not be carried out. */
  void fail(RuntimeException why) {
    change(() -> {
      failure = why;
      ended = true;
    });
  }

  /** Waits until the function begins to answer, or has ended without. */
  Head awaitHead() throws IOException {
    lock.lock();
    try {
      await(() -> head != null || failure != null);
      if (head == null) {
        throw Objects.requireNonNull(failure);
      }
      return head;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** What is there, as soon as some is. */
  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    lock.lock();
    try {
      await(() -> !waiting.isEmpty() || ended);
      if (waiting.isEmpty()) {
        return end();
      }
      byte[] first = waiting.element();
      int count = Math.min(length, first.length - read);
      System.arraycopy(first, read, into, offset, count);
      read += count;
      if (read == first.length) {
        drop();
      }
      return count;
    } finally {
      lock.unlock();
    }
  }

  private int end() throws IOException {
    if (failure != null) {
      throw new IOException(failure);
    }
    return -1;
  }

  private void drop() {
    bytes -= waiting.remove().length;
    read = 0;
    changed.signalAll();
  }

  /** Nobody reads any more. */
  @Override
  public void close() {
    change(() -> {
      closed = true;
      waiting.clear();
      bytes = 0;
    });
  }

  private void add(byte[] event) {
    if (!closed) {
      waiting.add(event);
      bytes += event.length;
      changed.signalAll();
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void await(BooleanSupplier reached) throws InterruptedIOException {
    try {
      while (!reached.getAsBoolean()) {
        changed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server is stopping");
    }
  }
}
