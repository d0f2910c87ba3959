package dev.gatehouse.server.otlp;

import io.opentelemetry.sdk.common.export.HttpSender;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that sends spans: a few batches once they are full, and each second what there is.
 * While the receiver does not take one, the others wait; when all there may be are full, spans are
 * lost.
 */
final class SpanSender implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpanSender.class);
  private static final long GATHER_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long CLOSE_MILLIS = 5_000;

  private final SpanBatches batches = new SpanBatches(this::wake);
  private final HttpSender http;
  private final SpanSource source;
  private final Thread thread;
  private volatile boolean closed;
  private volatile String lastFailure = "they came faster than the receiver took them";
  private long told;
  private long reported;

  SpanSender(HttpSender http, SpanSource source) {
    this.http = http;
    this.source = source;
    this.thread = Thread.ofPlatform().name("spans").daemon().unstarted(this);
  }

  void start() {
    thread.start();
  }

  SpanBatches batches() {
    return batches;
  }

  private void wake() {
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    long gathered = System.nanoTime();
    reported = gathered - REPORT_NANOS;
    while (!closed) {
      LockSupport.parkNanos(this, GATHER_NANOS);
      sendFull();
      if (System.nanoTime() - gathered >= GATHER_NANOS) {
        batches.gather();
        sendFull();
        gathered = System.nanoTime();
        report(REPORT_NANOS);
      }
    }
    batches.gather();
    sendFull();
    report(0);
  }

  private void sendFull() {
    for (List<SpanBatch> next = batches.poll(); !next.isEmpty(); next = batches.poll()) {
      String failure = send(next);
      if (!failure.isEmpty()) {
        lastFailure = failure;
        next.forEach(batch -> batches.lose(batch.spans()));
      }
      next.forEach(batches::sent);
    }
  }

  /** Returns once the receiver has answered, or the sender has given up: why, or nothing. */
  private String send(List<SpanBatch> together) {
    CompletableFuture<String> outcome = new CompletableFuture<>();
    try {
      http.send(
          source.request(together),
          answer ->
              outcome.complete(
                  answer.getStatusCode() / 100 == 2
                      ? ""
                      : "the receiver answered " + answer.getStatusCode()),
          failed -> outcome.complete(failed.toString()));
    } catch (RuntimeException failed) {
      return failed.toString();
    }
    return outcome.join();
  }

  private void report(long every) {
    long now = System.nanoTime();
    long lost = batches.lost();
    if (lost > told && now - reported >= every) {
      reported = now;
      LOG.warn("{} spans were dropped: {}", lost - told, lastFailure);
      told = lost;
    }
  }

  /** Sends what waits, for a few seconds at most, and stops. */
  @Override
  public void close() throws InterruptedException {
    closed = true;
    wake();
    thread.join(CLOSE_MILLIS);
    http.shutdown();
  }
}
