package dev.gatehouse.lambda;

import dev.gatehouse.lambda.FunctionRows.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that nobody waits for. One that fails is tried again, first after a minute and then after
 * two, one that finds no free process until it is too old [C]; then the function that is to know of
 * it is told. They are kept in memory only: what waits when the server stops is lost.
 */
final class LaterEvents {
  private static final Logger LOG = LoggerFactory.getLogger(LaterEvents.class);
  private static final int MAX_WAITING = 1000;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final LambdaSetup setup;
  private final Functions functions;
  private final Destinations destinations;
  private final Semaphore waiting = new Semaphore(MAX_WAITING);

  LaterEvents(LambdaSetup setup, Functions functions) {
    this.setup = setup;
    this.functions = functions;
    this.destinations = new Destinations(setup, this);
  }

  /** Takes an event and returns its request id; empty where too many wait already. */
  @SuppressWarnings("FutureReturnValueIgnored") // its end is nobody's affair
  Optional<String> accept(FunctionName name, byte[] payload) {
    if (!waiting.tryAcquire()) {
      return Optional.empty();
    }
    LaterEvent event = new LaterEvent(name, setup.ids().get(), setup.clock().instant(), payload);
    Thread.ofVirtual()
        .name("event-for-" + name.key().name())
        .start(() -> {
          try {
            run(event);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            waiting.release();
          }
        });
    return Optional.of(event.requestId());
  }

  private void run(LaterEvent event) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    for (int failures = 0; ; ) {
      EventConfig config = config(event.name());
      Invoked invoked = functions.run(event.name(), event.requestId(), event.payload());
      switch (invoked.outcome()) {
        case InvokeOutcome.Returned _ -> {
          destinations.succeeded(event, invoked, failures + 1, config);
          return;
        }
        case InvokeOutcome.Throttled _ -> {
          pause = longer(pause);
        }
        case InvokeOutcome.Failed _ -> {
          failures++;
          if (failures > config.retriesInForce()) {
            destinations.failed(event, invoked, "RetriesExhausted", failures, config);
            return;
          }
          pause = setup.retryAfter().multipliedBy(failures);
        }
        case InvokeOutcome.Missing _, InvokeOutcome.Denied _, InvokeOutcome.TooLarge _ -> {
          LOG.info("An event for {} is dropped: there is no such function", event.name().arn());
          return;
        }
      }
      Instant end = event.accepted().plusSeconds(config.maxAgeInForce());
      if (setup.clock().instant().plus(pause).isAfter(end)) {
        destinations.failed(event, invoked, "EventAgeExceeded", failures, config);
        return;
      }
      Thread.sleep(pause);
    }
  }

  private EventConfig config(FunctionName name) {
    String qualifier = name.qualifier().isEmpty() ? FunctionName.LATEST : name.qualifier();
    return FunctionRows.find(setup.store().head(), Kind.EVENTS, name.key(), qualifier)
        .orElse(EventConfig.NONE);
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }
}
