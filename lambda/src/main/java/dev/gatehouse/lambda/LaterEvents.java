package dev.gatehouse.lambda;

import dev.gatehouse.lambda.FunctionRows.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that nobody waits for. One that fails is tried again, first after a minute and then after
 * two, one that finds no free process until it is too old [C]; then the function that is to know of
 * it is told. They are on the disk until they have ended, so each is run at least once whatever
 * becomes of the server, and sometimes more than once, as on AWS [C].
 */
final class LaterEvents {
  private static final Logger LOG = LoggerFactory.getLogger(LaterEvents.class);
  private static final int MAX_WAITING = 10_000;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final LambdaSetup setup;
  private final Functions functions;
  private final EventFiles files;
  private final Destinations destinations;
  private final Map<String, LaterEvent> waiting = new ConcurrentHashMap<>();
  private final Semaphore places = new Semaphore(MAX_WAITING);
  private volatile boolean closed;

  LaterEvents(LambdaSetup setup, Functions functions) {
    this.setup = setup;
    this.functions = functions;
    this.files = new EventFiles(setup.data().resolve("events"));
    this.destinations = new Destinations(setup, this);
  }

  /** Goes on with what an earlier run of the server left. */
  void resume() throws IOException {
    for (LaterEvent event : files.all()) {
      places.tryAcquire(); // there are no more than it had places
      start(event);
    }
  }

  /**
   * Takes an event and returns its request id once it is durable; empty where too many wait
   * already.
   *
   * @throws IOException where it cannot be stored
   */
  Optional<String> accept(FunctionName name, byte[] payload) throws IOException {
    if (closed || !places.tryAcquire()) {
      return Optional.empty();
    }
    LaterEvent event = new LaterEvent(name, setup.ids().get(), setup.clock().instant(), 0);
    boolean kept = false;
    try {
      kept = files.keep(event, payload);
    } finally {
      if (!kept) {
        places.release();
      }
    }
    if (kept) {
      start(event);
    }
    return kept ? Optional.of(event.requestId()) : Optional.empty();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // its end is nobody's affair
  private void start(LaterEvent event) {
    waiting.put(event.requestId(), event);
    Thread.ofVirtual()
        .name("event-for-" + event.name().key().name())
        .start(() -> {
          try {
            run(event);
          } catch (IOException e) {
            LOG.error("An event for {} waits for the next start", event.name().arn(), e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            waiting.remove(event.requestId());
            places.release();
          }
        });
  }

  private void run(LaterEvent accepted) throws IOException, InterruptedException {
    LaterEvent event = accepted;
    for (Duration pause = FIRST_PAUSE; !closed; Thread.sleep(pause)) {
      Optional<Attempt> tried = attempt(event);
      if (tried.isEmpty() || isOver(tried.get())) {
        return;
      }
      Attempt attempt = tried.get();
      if (!attempt.throttled()) {
        event = files.failed(event);
      }
      pause =
          attempt.throttled() ? longer(pause) : setup.retryAfter().multipliedBy(event.failures());
      if (isTooOld(event, pause, attempt.config())) {
        giveUp(attempt.of(event), "EventAgeExceeded");
        return;
      }
    }
  }

  /** Empty where there is nothing to go on with: it is over, or was stopped with the server. */
  private Optional<Attempt> attempt(LaterEvent event) throws IOException, InterruptedException {
    EventConfig config = config(event.name());
    Optional<byte[]> payload = files.payload(event);
    if (payload.isEmpty()) {
      return Optional.empty(); // dropped with its function
    }
    if (isTooOld(event, Duration.ZERO, config)) {
      giveUp(Attempt.none(event, payload.get(), config), "EventAgeExceeded");
      return Optional.empty();
    }
    Invoked invoked = functions.run(event.name(), event.requestId(), payload.get());
    boolean returned = invoked.outcome() instanceof InvokeOutcome.Returned;
    if (closed && !returned) {
      return Optional.empty(); // once more when the server is back
    }
    boolean ran = returned || invoked.outcome() instanceof InvokeOutcome.Failed;
    int count = event.failures() + (ran ? 1 : 0);
    return Optional.of(new Attempt(event, payload.get(), config, invoked, count));
  }

  /** Ends what has ended; false where it is to be tried again. */
  private boolean isOver(Attempt attempt) {
    return switch (attempt.invoked().outcome()) {
      case InvokeOutcome.Returned _ -> {
        destinations.succeeded(attempt);
        files.remove(attempt.event());
        yield true;
      }
      case InvokeOutcome.Failed _ -> {
        boolean last = attempt.count() > attempt.config().retriesInForce();
        if (last) {
          giveUp(attempt, "RetriesExhausted");
        }
        yield last;
      }
      case InvokeOutcome.Throttled _ -> false;
      case InvokeOutcome.Missing _, InvokeOutcome.Denied _, InvokeOutcome.TooLarge _ -> {
        LOG.info(
            "An event for {} is dropped: there is no such function", attempt.event().name().arn());
        files.remove(attempt.event());
        yield true;
      }
    };
  }

  private void giveUp(Attempt attempt, String condition) {
    destinations.failed(attempt, condition);
    files.remove(attempt.event());
  }

  private boolean isTooOld(LaterEvent event, Duration pause, EventConfig config) {
    return setup
        .clock()
        .instant()
        .plus(pause)
        .isAfter(event.accepted().plusSeconds(config.maxAgeInForce()));
  }

  /** Drops what waits for functions that are no longer there. */
  void dropMissing() {
    waiting.values().stream()
        .filter(event -> functions.resolve(event.name()).isEmpty())
        .forEach(files::drop);
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

  /** Nothing is begun any more; what has not ended stays for the next start. */
  void close() {
    closed = true;
  }
}
