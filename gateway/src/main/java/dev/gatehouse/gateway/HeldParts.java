package dev.gatehouse.gateway;

import dev.gatehouse.gateway.net.ByteBudget;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The first parts of a body on its way, held until there are enough of them for a {@link
 * BodyStart}. Draws on the budget of held bodies before it asks for any.
 *
 * <p>Data plane: touched by its event loop only.
 */
final class HeldParts {
  private final ByteBudget budget;
  private final Queue<HttpContent> parts = new ArrayDeque<>();
  private int bytes;
  private boolean ended;
  private boolean released;
  private long granted;

  HeldParts(ByteBudget budget) {
    this.budget = budget;
  }

  /**
   * Asks for the budget.
   *
   * @param most how long the body may be
   * @param go called once there is room, unless the parts are released by then
   */
  void ask(long most, EventLoop loop, Runnable go) {
    long wanted = Math.min(most, BodyStart.LIMIT);
    budget.acquire(
        wanted,
        loop,
        () -> {
          if (released) {
            budget.release(wanted);
          } else {
            granted = wanted;
            go.run();
          }
        });
  }

  /** Takes a part and its reference. */
  void add(HttpContent part) {
    parts.add(part);
    bytes += part.content().readableBytes();
    ended |= part instanceof LastHttpContent;
  }

  /** Whether more parts would change nothing. */
  boolean enough() {
    return ended || bytes >= BodyStart.LIMIT;
  }

  /** A copy of what mappings read. */
  BodyStart start() {
    byte[] start = new byte[Math.min(bytes, BodyStart.LIMIT)];
    int at = 0;
    for (HttpContent part : parts) {
      ByteBuf content = part.content();
      int count = Math.min(content.readableBytes(), start.length - at);
      content.getBytes(content.readerIndex(), start, at, count);
      at += count;
    }
    return new BodyStart(start, !ended || bytes > start.length);
  }

  /** The next part, with its reference; null when there are no more. */
  @Nullable HttpContent next() {
    return parts.poll();
  }

  /** Gives up the parts that are left, and the budget. */
  void release() {
    released = true;
    parts.forEach(HttpContent::release);
    parts.clear();
    if (granted > 0) {
      budget.release(granted);
      granted = 0;
    }
  }
}
