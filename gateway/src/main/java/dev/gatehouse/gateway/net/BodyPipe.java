package dev.gatehouse.gateway.net;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request on its way from the event loop, which never waits, to a virtual thread,
 * which does. Reading from the socket pauses while more than a little is unread.
 */
final class BodyPipe extends InputStream {
  private static final long HIGH = 256 * 1024;
  private static final long LOW = 64 * 1024;

  private final ClientConnection connection;
  private final Queue<HttpContent> parts = new ConcurrentLinkedQueue<>();
  private final AtomicLong unread = new AtomicLong();
  private volatile boolean ended;
  private volatile boolean broken;
  private volatile boolean closed;
  private volatile boolean paused;
  private volatile @Nullable Thread reader;
  private @Nullable ByteBuf current;
  private boolean invites;

  /**
   * @param invites whether the client waits to be told to send its body
   */
  BodyPipe(ClientConnection connection, boolean invites) {
    this.connection = connection;
    this.invites = invites;
  }

  /** Event loop: takes a part and its reference. */
  void offer(HttpContent part) {
    boolean last = part instanceof LastHttpContent;
    long waiting = unread.addAndGet(part.content().readableBytes());
    parts.add(part);
    if (last) {
      ended = true;
    }
    if (closed) {
      releaseParts();
    } else if (waiting > HIGH && !last) {
      paused = true;
      connection.pauseReading(true);
    }
    LockSupport.unpark(reader);
  }

  /** Event loop: the client is gone before the body's end. */
  void fail() {
    broken = true;
    LockSupport.unpark(reader);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    ByteBuf from = readable();
    if (from == null) {
      return -1;
    }
    int count = Math.min(length, from.readableBytes());
    from.readBytes(target, offset, count);
    if (unread.addAndGet(-count) < LOW && paused) {
      paused = false;
      connection.worker().loop().execute(() -> connection.pauseReading(false));
    }
    return count;
  }

  /** Waits for bytes; null at the end of the body. */
  private @Nullable ByteBuf readable() throws IOException {
    reader = Thread.currentThread();
    if (invites) {
      invites = false; // only now: a service that refuses unread must not invite the body
      connection.worker().loop().execute(connection::sendContinue);
    }
    while (true) {
      ByteBuf at = current;
      if (at != null && at.isReadable()) {
        return at;
      }
      if (at != null) {
        at.release();
        current = null;
      }
      boolean complete = ended;
      HttpContent part = parts.poll();
      if (part != null) {
        current = part.content();
      } else if (complete) {
        return null;
      } else if (broken) {
        throw new EOFException("the client went away before the end of its request");
      } else {
        LockSupport.park(this);
      }
    }
  }

  /** Virtual thread: no more is read; what still comes is dropped. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      ByteBuf at = current;
      if (at != null) {
        at.release();
        current = null;
      }
      if (ended) {
        releaseParts(); // nothing more is offered
      } else {
        connection.worker().loop().execute(this::releaseParts);
      }
    }
  }

  private void releaseParts() {
    for (HttpContent part = parts.poll(); part != null; part = parts.poll()) {
      part.release();
    }
  }
}
