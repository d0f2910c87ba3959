package dev.gatehouse.gateway.net;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines of one event loop, looked at once a tick. Cheaper than a timer each: setting and
 * clearing one is a few writes to a linked list, and a loop without deadlines does not tick.
 */
public final class Deadlines {

  /** Something that must end by a certain time. Only its own event loop touches it. */
  public abstract static class Timed {
    private long deadlineNanos;
    private @Nullable Timed previous;
    private @Nullable Timed next;
    private boolean listed;

    /** Is called once, on the event loop, when the time is over. */
    protected abstract void expired();
  }

  private final EventLoop loop;
  private final LoopTime nanos;
  private final long tickMillis;
  private @Nullable Timed first;
  private boolean ticking;

  /**
   * @param nanos the loop's clock
   * @param tickMillis how late an expiry may be
   */
  Deadlines(EventLoop loop, LoopTime nanos, long tickMillis) {
    this.loop = loop;
    this.nanos = nanos;
    this.tickMillis = tickMillis;
  }

  /** Sets or moves the deadline of something. */
  public void set(Timed timed, long millisFromNow) {
    timed.deadlineNanos = nanos.now() + TimeUnit.MILLISECONDS.toNanos(millisFromNow);
    if (timed.listed) {
      return;
    }
    timed.listed = true;
    timed.next = first;
    timed.previous = null;
    if (first != null) {
      first.previous = timed;
    }
    first = timed;
    if (!ticking) {
      ticking = true;
      scheduleTick();
    }
  }

  /** Takes the deadline away, if there is one. */
  public void clear(Timed timed) {
    if (!timed.listed) {
      return;
    }
    timed.listed = false;
    if (timed.previous == null) {
      first = timed.next;
    } else {
      timed.previous.next = timed.next;
    }
    if (timed.next != null) {
      timed.next.previous = timed.previous;
    }
    timed.next = null;
    timed.previous = null;
  }

  private void scheduleTick() {
    @SuppressWarnings({"unused", "FutureReturnValueIgnored"}) // ends with the event loop
    var ignored = loop.schedule(this::tick, tickMillis, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    nanos.goOn(); // no read is under way, whatever became of the last one
    long now = nanos.now();
    Timed timed = first;
    while (timed != null) {
      Timed following = timed.next;
      if (timed.listed && timed.deadlineNanos - now <= 0) {
        clear(timed);
        timed.expired();
      }
      timed = following;
    }
    if (first == null) {
      ticking = false;
    } else {
      scheduleTick();
    }
  }
}
