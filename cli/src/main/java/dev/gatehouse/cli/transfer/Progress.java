package dev.gatehouse.cli.transfer;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/** A bar on a terminal; nothing elsewhere. */
final class Progress {
  private static final int WIDTH = 30;
  private static final long EVERY_NANOS = 100_000_000;

  private final PrintWriter out;
  private final boolean shown;
  private final long total;
  private final LongSupplier nanos;
  private long done;
  private long last;

  /**
   * @param total bytes, or -1 where it is not known
   */
  Progress(PrintWriter out, boolean shown, long total, LongSupplier nanos) {
    this.out = out;
    this.shown = shown;
    this.total = total;
    this.nanos = nanos;
    this.last = nanos.getAsLong() - EVERY_NANOS;
  }

  void moved(int bytes) {
    done += bytes;
    long now = nanos.getAsLong();
    if (shown && (now - last >= EVERY_NANOS || done == total)) {
      last = now;
      draw();
    }
  }

  private void draw() {
    int full = total <= 0 ? 0 : (int) (WIDTH * done / total);
    String percent = total <= 0 ? done + " B" : 100 * done / total + " %";
    out.print("\r[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] " + percent + " ");
    out.flush();
  }

  void end() {
    if (shown) {
      out.print("\r" + " ".repeat(WIDTH + 20) + "\r");
      out.flush();
    }
  }
}
