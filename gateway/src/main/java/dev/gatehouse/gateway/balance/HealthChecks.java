package dev.gatehouse.gateway.balance;

import dev.gatehouse.gateway.balance.TargetDefinition.HealthCheck;
import dev.gatehouse.gateway.net.Worker;
import dev.gatehouse.gateway.upstream.Upstreams;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every upstream of every target that has a health check, over and over. Each upstream is
 * asked from one event loop, on a connection of its own each time, so that what is tested is
 * whether it takes new ones.
 */
public final class HealthChecks {
  private static final Logger LOG = LoggerFactory.getLogger(HealthChecks.class);

  private final LongSupplier nanos;

  public HealthChecks(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** An event loop and its connections. */
  public record Asker(Worker worker, Upstreams upstreams) {}

  /** Begins; ends with the event loops. */
  public void start(Targets targets, List<Asker> askers) {
    int turn = 0;
    for (var checked : targets.checked().entrySet()) {
      for (Endpoint endpoint : checked.getKey().endpoints()) {
        Asker asker = askers.get(turn++ % askers.size());
        new Series(checked.getKey().name(), endpoint, checked.getValue(), asker).next(0);
      }
    }
  }

  /** The checks of one upstream. Touched by its event loop only. */
  private final class Series {
    private final String name;
    private final Endpoint endpoint;
    private final HealthCheck check;
    private final Asker asker;
    private int alike;

    Series(String name, Endpoint endpoint, HealthCheck check, Asker asker) {
      this.name = name;
      this.endpoint = endpoint;
      this.check = check;
      this.asker = asker;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the event loop
    void next(long millis) {
      asker.worker().loop().schedule(this::ask, millis, TimeUnit.MILLISECONDS);
    }

    private void ask() {
      new HealthProbe(endpoint.origin(), check, asker, this::told).start();
    }

    /** Counts answers that differ from what is known; enough of them in a row change it. */
    private void told(String problem) {
      Condition condition = endpoint.condition();
      boolean well = problem.isEmpty();
      alike = well == condition.healthy() ? 0 : alike + 1;
      if (alike >= (well ? check.healthy() : check.unhealthy())) {
        alike = 0;
        condition.healthy(well, nanos.getAsLong());
        LOG.warn(
            "{} of target {} {}",
            endpoint.origin(),
            name,
            well ? "is well again" : "is unwell and gets no requests: " + problem);
      }
      next(check.interval().toMillis());
    }
  }
}
