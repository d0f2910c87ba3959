package dev.gatehouse.gateway;

import dev.gatehouse.gateway.spi.AccessLog;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A log that is pressed for ever; a test calls back who waits for room. */
public final class PressedLog implements AccessLog {
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();

  public BlockingQueue<String> lines() {
    return lines;
  }

  public BlockingQueue<Runnable> waiting() {
    return waiting;
  }

  @Override
  public void write(String destination, String line) {
    lines.add(line);
  }

  @Override
  public boolean pressed() {
    return true;
  }

  @Override
  public void whenRoom(Runnable resumed) {
    waiting.add(resumed);
  }
}
