package dev.gatehouse.server;

import dev.gatehouse.control.Vacuum;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Erases rows of the past now and then. What fails is logged, and tried again the next time. */
final class Upkeep implements AutoCloseable {
  static final Duration INTERVAL = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  private final Vacuum vacuum;
  private final Duration interval;
  private final Thread thread;

  Upkeep(Vacuum vacuum, Duration interval) {
    this.vacuum = vacuum;
    this.interval = interval;
    this.thread = Thread.ofVirtual().name("upkeep").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(interval);
        once();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void once() {
    try {
      vacuum.run();
    } catch (RuntimeException failed) {
      LOG.warn("Rows of the past could not be erased", failed);
    }
  }

  /** Waits for what is under way. */
  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }
}
