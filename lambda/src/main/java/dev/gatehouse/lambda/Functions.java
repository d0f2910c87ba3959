package dev.gatehouse.lambda;

import dev.gatehouse.identity.AccessRequest;
import dev.gatehouse.identity.Policy;
import dev.gatehouse.identity.Principal;
import dev.gatehouse.lambda.code.CodeStore;
import dev.gatehouse.lambda.code.Directories;
import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.lambda.code.LayerStore;
import dev.gatehouse.lambda.process.AnswerSink;
import dev.gatehouse.lambda.process.Ending;
import dev.gatehouse.lambda.process.Execution;
import dev.gatehouse.lambda.process.Failures;
import dev.gatehouse.lambda.process.FunctionPool;
import dev.gatehouse.wire.http.HttpService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Invokes functions. Blocking: call it on a virtual thread. */
public final class Functions implements AutoCloseable {
  /** 6 MB, for an event that is waited for [C]. */
  static final int MAX_EVENT = 6 * 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(Functions.class);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final int REAP_SECONDS = 15;

  private final LambdaSetup setup;
  private final Catalog catalog;
  private final CodeStore code;
  private final CodeStore layerCode;
  private final Pools pools;
  private final Concurrency concurrency = new Concurrency();
  private final LaterEvents later;
  private final CodeLinks links;
  private final ScheduledExecutorService reaper;

  /** Removes what earlier runs left in the data directory and starts watching idle processes. */
  public Functions(LambdaSetup setup) {
    this.setup = setup;
    this.catalog = new Catalog(setup.store());
    this.code = new CodeStore(setup.data().resolve("functions"), setup.code(), setup.ids());
    this.layerCode = new CodeStore(setup.data().resolve("layers"), setup.code(), setup.ids());
    LayerStore layers =
        new LayerStore(layerCode, setup.data().resolve("layers-merged"), setup.ids());
    this.pools = new Pools(setup, code, layers);
    this.later = new LaterEvents(setup, this);
    String secret = setup.ids().get() + setup.ids().get();
    this.links = new CodeLinks(code, layerCode, setup.clock(), secret, setup.endpoint());
    try {
      code.sweep(FunctionRows.archives(setup.store().head()));
      layerCode.sweep(LayerRows.archives(setup.store().head()));
      layers.clear();
      Directories.delete(setup.data().resolve("tmp"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.reaper =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("function-reaper").factory());
    var _ = reaper.scheduleWithFixedDelay(this::tend, REAP_SECONDS, REAP_SECONDS, TimeUnit.SECONDS);
  }

  private void tend() {
    try {
      pools.reap();
      pools.prepareRuntimes();
    } catch (RuntimeException e) {
      LOG.error("Idle functions could not be tended", e); // and again in a moment
    }
  }

  /** Invokes a function for API Gateway, where the function's resource policy allows it. */
  public InvokeAnswer invoke(InvokeRequest request) throws InterruptedException {
    Optional<FunctionName> name = FunctionName.ofArn(request.functionArn());
    Optional<Catalog.Entry> entry = name.flatMap(this::resolve);
    if (name.isEmpty() || entry.isEmpty()) {
      return InvokeAnswer.none(new InvokeOutcome.Missing());
    }
    if (!request.permitted() && !allows(entry.get(), name.get(), request)) {
      return InvokeAnswer.none(new InvokeOutcome.Denied());
    }
    if (request.payload().length > MAX_EVENT) {
      return InvokeAnswer.none(new InvokeOutcome.TooLarge());
    }
    FunctionPool.Event event =
        new FunctionPool.Event(
            setup.ids().get(), name.get().arn(), request.payload(), "", request.sink());
    Invoked invoked = run(name.get(), event);
    return new InvokeAnswer(invoked.requestId(), invoked.outcome());
  }

  private static boolean allows(Catalog.Entry entry, FunctionName name, InvokeRequest request) {
    AccessRequest question =
        new AccessRequest(
            new Principal.Service("apigateway.amazonaws.com"),
            "lambda:InvokeFunction",
            name.arn(),
            Map.of(
                "aws:SourceArn", request.sourceArn(),
                "aws:SourceAccount", request.sourceAccount()));
    return entry.policy().filter(policy -> policy.allows(question)).isPresent();
  }

  /** The resource policy of the function of that ARN; empty where it has none. */
  public Optional<Policy> policy(String arn) {
    return FunctionName.ofArn(arn).flatMap(this::policy);
  }

  Optional<Policy> policy(FunctionName name) {
    return resolve(name).flatMap(Catalog.Entry::policy);
  }

  /** The function of that name; empty where there is none, or no such qualifier. */
  Optional<Catalog.Entry> resolve(FunctionName name) {
    return catalog.find(name);
  }

  /** An event that somebody waits for, under an id of its own. */
  FunctionPool.Event event(
      FunctionName name, byte[] payload, String clientContext, @Nullable AnswerSink sink) {
    return new FunctionPool.Event(setup.ids().get(), name.arn(), payload, clientContext, sink);
  }

  /** Runs a function without asking its policy, under a request id that was given out before. */
  Invoked run(FunctionName name, String requestId, byte[] payload) throws InterruptedException {
    return run(name, new FunctionPool.Event(requestId, name.arn(), payload, "", null));
  }

  /** Runs a function without asking its policy: the caller has been let in already. */
  Invoked run(FunctionName name, FunctionPool.Event event) throws InterruptedException {
    Optional<Integer> reserved = resolve(name).flatMap(Catalog.Entry::reserved);
    if (!concurrency.enter(name.key(), reserved)) {
      return Invoked.without(event.requestId(), new InvokeOutcome.Throttled(true));
    }
    try {
      return attempt(event, name);
    } finally {
      concurrency.leave(name.key());
    }
  }

  private Invoked attempt(FunctionPool.Event event, FunctionName name) throws InterruptedException {
    while (true) {
      Optional<Catalog.Entry> entry = resolve(name);
      if (entry.isEmpty()) {
        return Invoked.without(event.requestId(), new InvokeOutcome.Missing());
      }
      FunctionDefinition definition = entry.get().pick(setup.random());
      try {
        FunctionPool pool = pools.of(name.key(), definition, entry.get().reserved());
        Optional<Invoked> invoked = run(pool, event, definition);
        if (invoked.isPresent()) {
          return invoked.get();
        }
      } catch (IOException e) {
        if (entry.equals(resolve(name))) { // else it was changed meanwhile: look again
          return Invoked.without(
              event.requestId(),
              failed(
                  "Runtime.InvalidEntrypoint", event.requestId(), String.valueOf(e.getMessage())));
        }
      }
    }
  }

  /** Empty where the function should be looked up again. */
  private Optional<Invoked> run(
      FunctionPool pool, FunctionPool.Event event, FunctionDefinition definition)
      throws InterruptedException {
    return switch (pool.execute(event)) {
      case FunctionPool.Ran(Execution execution) ->
          Optional.of(
              new Invoked(
                  event.requestId(),
                  definition.version(),
                  outcome(event.requestId(), definition, execution.ending()),
                  execution.log()));
      case FunctionPool.Full() ->
          pools.makeRoom()
              ? Optional.empty()
              : Optional.of(Invoked.without(event.requestId(), new InvokeOutcome.Throttled(false)));
      case FunctionPool.Retired() -> Optional.empty();
    };
  }

  private InvokeOutcome outcome(String requestId, FunctionDefinition definition, Ending ending) {
    return switch (ending) {
      case Ending.Returned(byte[] payload) -> new InvokeOutcome.Returned(payload);
      case Ending.Reported(byte[] payload) -> new InvokeOutcome.Failed(payload);
      case Ending.TooLarge() ->
          new InvokeOutcome.Failed(
              FailurePayload.of(
                  "Function.ResponseSizeTooLarge",
                  "Response payload size exceeded maximum allowed payload size ("
                      + Failures.MAX_RESPONSE
                      + " bytes)."));
      case Ending.TimedOut() ->
          new InvokeOutcome.Failed(
              FailurePayload.of(
                  "Sandbox.Timedout",
                  Failures.timedOut(
                      requestId, Duration.ofSeconds(definition.settings().timeout()))));
      case Ending.Exited _, Ending.NotDelivered _ ->
          new InvokeOutcome.Failed(
              FailurePayload.of("Runtime.ExitError", Failures.exited(requestId, ending)));
    };
  }

  private static InvokeOutcome failed(String type, String requestId, String message) {
    return new InvokeOutcome.Failed(
        FailurePayload.of(type, "RequestId: " + requestId + " Error: " + message));
  }

  /**
   * Goes on with the events that an earlier run of the server accepted and did not end.
   *
   * @throws IOException where they cannot be read
   */
  public void resumeEvents() throws IOException {
    later.resume();
  }

  /** Gives out archives to whoever has a link to one. */
  public HttpService codeLinks() {
    return links;
  }

  CodeLinks links() {
    return links;
  }

  LaterEvents later() {
    return later;
  }

  CodeStore code() {
    return code;
  }

  CodeStore layerCode() {
    return layerCode;
  }

  Pools pools() {
    return pools;
  }

  void changed(FunctionKey key) {
    pools.changed(key);
  }

  /**
   * Ends the processes of functions whose rows are gone, busy or not, and removes their code and
   * the events that wait for them.
   *
   * @throws IOException where code cannot be removed; the next start removes it
   */
  public void clearDeleted() throws IOException {
    later.dropMissing();
    pools.endDeleted(CLOSE);
    pools.codeChanges().lock();
    try {
      code.sweep(FunctionRows.archives(setup.store().head()));
    } finally {
      pools.codeChanges().unlock();
    }
  }

  /** Ends every function's process. */
  @Override
  public void close() {
    later.close();
    reaper.shutdownNow();
    pools.close(CLOSE);
  }
}
