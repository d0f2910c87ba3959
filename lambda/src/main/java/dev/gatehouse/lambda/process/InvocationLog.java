package dev.gatehouse.lambda.process;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Frames a process's output with the START, END and REPORT lines of AWS [C]. */
final class InvocationLog implements Output {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** Our runtimes write it between the lines of one message, which is one event as on AWS [C]. */
  private static final byte WITHIN = 2;

  private final Consumer<String> lines;
  private final BooleanSupplier pressed;
  private final String version;
  private final LogTail tail = new LogTail();

  /**
   * @param lines takes each line for the log store
   * @param pressed whether so many lines wait that whoever prints had better be slowed down
   * @param version of the function
   */
  InvocationLog(Consumer<String> lines, BooleanSupplier pressed, String version) {
    this.lines = lines;
    this.pressed = pressed;
    this.version = version;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == WITHIN) {
        whole(Arrays.copyOfRange(bytes, offset, offset + length));
        return;
      }
    }
    take(bytes, offset, length);
  }

  private void whole(byte[] message) {
    for (int i = 0; i < message.length; i++) {
      if (message[i] == WITHIN) {
        message[i] = '\n';
      }
    }
    take(message, 0, message.length);
  }

  private void take(byte[] bytes, int offset, int length) {
    lines.accept(new String(bytes, offset, length, StandardCharsets.UTF_8));
    tail.write(bytes, offset, length);
  }

  /** For a while at most: a disk that hangs holds no function for ever. */
  @Override
  public void awaitRoom() {
    long begun = System.nanoTime();
    while (pressed.getAsBoolean() && System.nanoTime() - begun < PATIENCE_NANOS) {
      LockSupport.parkNanos(this, PAUSE_NANOS);
    }
  }

  byte[] tail() {
    return tail.bytes();
  }

  void line(String text) {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    write(bytes, 0, bytes.length);
  }

  /**
   * An invocation starts.
   *
   * @param first whether what the process printed while it started belongs to it
   */
  void start(String requestId, boolean first) {
    if (!first) {
      tail.clear();
    }
    line("START RequestId: " + requestId + " Version: " + version);
  }

  void end(Report report) {
    line("END RequestId: " + report.requestId());
    line(report.text());
  }

  /**
   * What is known of an invocation at its end.
   *
   * @param start how long the process took to start; zero where it was warm
   * @param memoryUsed megabytes; zero where it is not known
   * @param status of an invocation that did not end by itself; else empty
   */
  record Report(
      String requestId,
      Duration duration,
      Duration start,
      int memorySize,
      long memoryUsed,
      String status) {

    String text() {
      double millis = duration.toNanos() / 1e6;
      String text =
          String.format(
              Locale.ROOT,
              "REPORT RequestId: %s\tDuration: %.2f ms\tBilled Duration: %d ms\tMemory Size: %d"
                  + " MB\tMax Memory Used: %d MB\t",
              requestId,
              millis,
              (long) Math.ceil(millis),
              memorySize,
              memoryUsed);
      String init =
          start.isZero()
              ? ""
              : String.format(Locale.ROOT, "Init Duration: %.2f ms\t", start.toNanos() / 1e6);
      return text + init + (status.isEmpty() ? "" : status + "\t");
    }
  }
}
