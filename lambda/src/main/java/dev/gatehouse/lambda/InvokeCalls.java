package dev.gatehouse.lambda;

import dev.gatehouse.lambda.process.FunctionPool;
import dev.gatehouse.wire.ServiceException;
import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The Invoke calls: waiting for the answer, taking it while it comes, not waiting for it, or only
 * asking whether it could be.
 */
final class InvokeCalls {
  /** 1 MB, since October 2025 [L]. */
  private static final int MAX_ASYNCHRONOUS = 1 << 20;

  private static final Duration LOG_WAIT = Duration.ofSeconds(1);

  private final Functions functions;

  InvokeCalls(Functions functions) {
    this.functions = functions;
  }

  HttpReply invoke(Call call) throws IOException {
    FunctionName name = call.function();
    InvokeInput input = InvokeInput.of(call, List.of("Event", "RequestResponse", "DryRun"));
    refuseMissing(name);
    return switch (input.type()) {
      case "Event" -> accept(name, input.event(call, MAX_ASYNCHRONOUS));
      case "DryRun" -> executed(HttpReply.empty(204), FunctionName.LATEST);
      default -> answer(name, input, input.event(call, Functions.MAX_EVENT));
    };
  }

  HttpReply stream(Call call) throws IOException {
    FunctionName name = call.function();
    InvokeInput input = InvokeInput.of(call, List.of("RequestResponse", "DryRun"));
    refuseMissing(name);
    if (input.type().equals("DryRun")) {
      return executed(HttpReply.empty(204), FunctionName.LATEST);
    }
    AnswerEvents events = new AnswerEvents(input.tail());
    byte[] payload = input.event(call, Functions.MAX_EVENT);
    FunctionPool.Event event = functions.event(name, payload, input.clientContext(), events);
    Thread.ofVirtual()
        .name("streamed-invoke")
        .start(() -> {
          try {
            events.end(run(name, event));
          } catch (RuntimeException e) {
            events.fail(e);
          }
        });
    AnswerEvents.Head head = events.awaitHead();
    return switch (head.instead()) {
      case InvokeOutcome.Missing() -> throw missing(name);
      case InvokeOutcome.Throttled(boolean reserved) -> Errors.throttled(reserved);
      case null, default -> streamed(events, head.version(), event.requestId());
    };
  }

  private static HttpReply streamed(AnswerEvents events, String version, String requestId) {
    HttpReply reply =
        new HttpReply(
            200, Headers.of("Content-Type", AnswerEvents.TYPE), new HttpReply.Stream(events, -1));
    return executed(reply, version).with("x-amzn-RequestId", requestId);
  }

  private void refuseMissing(FunctionName name) {
    if (functions.resolve(name).isEmpty()) {
      throw missing(name);
    }
  }

  private HttpReply answer(FunctionName name, InvokeInput input, byte[] event) {
    Invoked invoked = run(name, functions.event(name, event, input.clientContext(), null));
    HttpReply reply =
        switch (invoked.outcome()) {
          case InvokeOutcome.Returned(byte[] payload) -> payload(payload);
          case InvokeOutcome.Failed(byte[] payload) ->
              payload(payload).with("X-Amz-Function-Error", "Unhandled");
          case InvokeOutcome.Missing() -> throw missing(name);
          case InvokeOutcome.Throttled(boolean reserved) -> Errors.throttled(reserved);
          case InvokeOutcome.Denied(), InvokeOutcome.TooLarge() ->
              throw new IllegalStateException("decided before the function ran");
        };
    if (reply.status() != 200) {
      return reply;
    }
    HttpReply logged = input.tail() ? reply.with("X-Amz-Log-Result", log(invoked)) : reply;
    return executed(logged, invoked.version()).with("x-amzn-RequestId", invoked.requestId());
  }

  private static HttpReply payload(byte[] payload) {
    return new HttpReply(
        200, Headers.of("Content-Type", "application/json"), new HttpReply.Bytes(payload));
  }

  private static HttpReply executed(HttpReply reply, String version) {
    return reply.with("X-Amz-Executed-Version", version);
  }

  /** The end of the log in base64. */
  static String log(Invoked invoked) {
    byte[] tail = new byte[0];
    try {
      tail = invoked.log().get(LOG_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // Then there is none to show.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Base64.getEncoder().encodeToString(tail);
  }

  private HttpReply accept(FunctionName name, byte[] event) {
    try {
      return functions
          .later()
          .accept(name, event)
          .map(requestId -> HttpReply.empty(202).with("x-amzn-RequestId", requestId))
          .orElseGet(() -> Errors.throttled(false));
    } catch (IOException e) {
      throw new ServiceException(500, "ServiceException", "The event could not be stored: " + e);
    }
  }

  private Invoked run(FunctionName name, FunctionPool.Event event) {
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
