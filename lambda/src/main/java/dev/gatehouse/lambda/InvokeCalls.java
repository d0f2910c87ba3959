package dev.gatehouse.lambda;

import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.ServiceException;
import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/** The Invoke call: waiting for the answer, not waiting for it, or only asking whether it could. */
final class InvokeCalls {
  private static final Logger LOG = LoggerFactory.getLogger(InvokeCalls.class);

  /** 1 MB, since October 2025 [L]. */
  private static final int MAX_ASYNCHRONOUS = 1 << 20;

  private static final int MAX_WAITING = 1000;
  private static final int MAX_ATTEMPTS = 100;
  private static final Duration RETRY = Duration.ofMillis(250);
  private static final Duration LOG_WAIT = Duration.ofSeconds(1);
  private static final byte[] NO_EVENT = {'{', '}'};

  private final Functions functions;
  private final Semaphore waiting = new Semaphore(MAX_WAITING);

  InvokeCalls(Functions functions) {
    this.functions = functions;
  }

  HttpReply invoke(Call call) throws IOException {
    FunctionName name = call.function();
    if (functions.resolve(name).isEmpty()) {
      throw missing(name);
    }
    String type = call.http().headers().first("X-Amz-Invocation-Type").orElse("RequestResponse");
    return switch (type) {
      case "RequestResponse" -> answer(name, event(call, type, Functions.MAX_EVENT), call);
      case "Event" -> accept(name, event(call, type, MAX_ASYNCHRONOUS));
      case "DryRun" -> executed(HttpReply.empty(204));
      default ->
          throw Errors.constraint(
              "'" + type + "'",
              "invocationType",
              "Member must satisfy enum value set: [Event, RequestResponse, DryRun]");
    };
  }

  private static byte[] event(Call call, String type, int limit) throws IOException {
    byte[] event = call.bytes(limit);
    if (event.length > limit) {
      throw Errors.tooLarge(event.length + call.discardRest(), type, limit);
    }
    if (event.length == 0) {
      return NO_EVENT;
    }
    try (JsonParser parser = Json.mapper().createParser(event)) {
      while (parser.nextToken() != null) {
        // Only whether it is JSON matters; the handler reads it.
      }
    } catch (JacksonException e) {
      throw new ServiceException(
          400,
          "InvalidRequestContentException",
          "Could not parse request body into json: Could not parse payload into json: "
              + e.getOriginalMessage());
    }
    return event;
  }

  private HttpReply answer(FunctionName name, byte[] event, Call call) {
    Invoked invoked = run(name, event);
    HttpReply reply =
        switch (invoked.outcome()) {
          case InvokeOutcome.Returned(byte[] payload) -> payload(payload);
          case InvokeOutcome.Failed(byte[] payload) ->
              payload(payload).with("X-Amz-Function-Error", "Unhandled");
          case InvokeOutcome.Missing() -> throw missing(name);
          case InvokeOutcome.Throttled() -> throw Errors.throttled();
          case InvokeOutcome.Denied(), InvokeOutcome.TooLarge() ->
              throw new IllegalStateException("decided before the function ran");
        };
    boolean tail = call.http().headers().first("X-Amz-Log-Type").filter("Tail"::equals).isPresent();
    return executed(
            tail
                ? reply.with("X-Amz-Log-Result", Base64.getEncoder().encodeToString(log(invoked)))
                : reply)
        .with("x-amzn-RequestId", invoked.requestId());
  }

  private static HttpReply payload(byte[] payload) {
    return new HttpReply(
        200, Headers.of("Content-Type", "application/json"), new HttpReply.Bytes(payload));
  }

  private static HttpReply executed(HttpReply reply) {
    return reply.with("X-Amz-Executed-Version", FunctionName.LATEST);
  }

  private static byte[] log(Invoked invoked) {
    try {
      return invoked.log().get(LOG_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return new byte[0];
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new byte[0];
    }
  }

  private HttpReply accept(FunctionName name, byte[] event) {
    if (!waiting.tryAcquire()) {
      throw Errors.throttled();
    }
    Thread.ofVirtual()
        .name("event-for-" + name.key().name())
        .start(() -> {
          try {
            runLater(name, event);
          } finally {
            waiting.release();
          }
        });
    return HttpReply.empty(202);
  }

  /** Tries again while every process is busy. What the handler does with it is its own affair. */
  private void runLater(FunctionName name, byte[] event) {
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      if (!(run(name, event).outcome() instanceof InvokeOutcome.Throttled)) {
        return;
      }
      try {
        Thread.sleep(RETRY);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    LOG.warn("An event for {} found no free process and is dropped", name.arn());
  }

  private Invoked run(FunctionName name, byte[] event) {
    try {
      return functions.run(name, event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceException(500, "ServiceException", "The server is stopping.");
    }
  }

  private static ServiceException missing(FunctionName name) {
    return Errors.functionNotFound(name.key(), name.qualifier());
  }
}
