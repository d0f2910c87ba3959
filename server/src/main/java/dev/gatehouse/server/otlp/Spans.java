package dev.gatehouse.server.otlp;

import dev.gatehouse.gateway.spi.Tracing;
import dev.gatehouse.server.config.OtlpSettings;
import io.opentelemetry.sdk.resources.Resource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Spans of requests, and of the calls of their integrations, sent in batches. A client's own
 * decision on its trace holds; of the others a share is taken, by their ids, as OpenTelemetry's
 * sampler takes it. What waits is bounded; what finds no room is dropped and counted.
 *
 * <p>Not made by OpenTelemetry's SDK: its spans, their maps and its exporter took as much of a
 * processor as a quarter of the request itself. Here a span is written once, by the event loop, as
 * the bytes that are sent; the SDK's sender sends them.
 */
public final class Spans implements Tracing, AutoCloseable {
  private static final int ALL = 100;

  private final SpanSender sender;
  private final LongSupplier random;
  private final long bound;

  /**
   * @param percent of requests whose client decided nothing
   * @param resource what sends
   * @param random bits for ids, on any thread
   */
  public Spans(OtlpSettings settings, int percent, Resource resource, LongSupplier random) {
    this.sender =
        new SpanSender(
            OtlpSender.of(settings, "traces"), new SpanSource(resource, "dev.gatehouse.gateway"));
    this.random = random;
    this.bound = percent == ALL ? Long.MAX_VALUE : (long) (percent / 100.0 * Long.MAX_VALUE);
  }

  /** Begins to send. */
  public void start() {
    sender.start();
  }

  @Override
  public long dropped() {
    return sender.batches().lost();
  }

  @Override
  public Trace begin(Told told, int loop, long startMillis) {
    TraceContext parent = TraceParents.read(told);
    return new Running(
        loop,
        parent == null ? root() : parent.below(id()),
        parent,
        TimeUnit.MILLISECONDS.toNanos(startMillis));
  }

  private TraceContext root() {
    long high = id();
    long low = id();
    int sampled = Math.abs(low) < bound ? TraceContext.SAMPLED : 0;
    return new TraceContext(high, low, id(), TraceContext.RANDOM | sampled);
  }

  /** No id may be zero. */
  private long id() {
    long id = random.getAsLong();
    return id == 0 ? 1 : id;
  }

  /** A request under way. */
  private final class Running implements Trace {
    private final int loop;
    private final TraceContext at;
    private final @Nullable TraceContext parent;
    private final long startNanos;

    Running(int loop, TraceContext at, @Nullable TraceContext parent, long startNanos) {
      this.loop = loop;
      this.at = at;
      this.parent = parent;
      this.startNanos = startNanos;
    }

    @Override
    public String traceparent() {
      return at.traceparent();
    }

    @Override
    public void end(Ended ended) {
      if (!at.sampled()) {
        return;
      }
      boolean called = ended.integrationFrom() >= 0;
      SpanBatch batch = sender.batches().take(loop, SpanEncoder.room(ended));
      if (batch == null) {
        sender.batches().lose(called ? 2 : 1);
        return;
      }
      SpanEncoder.request(batch, at, parent, startNanos, ended);
      if (called) {
        SpanEncoder.integration(batch, at, id(), startNanos, ended);
      }
      sender.batches().put(loop, batch);
    }
  }

  /** Sends what waits, for a few seconds at most, and stops. */
  @Override
  public void close() throws InterruptedException {
    sender.close();
  }
}
