package dev.gatehouse.lambda;

import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.ServiceException;
import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/** The Invoke call: waiting for the answer, not waiting for it, or only asking whether it could. */
final class InvokeCalls {
  /** 1 MB, since October 2025 [L]. */
  private static final int MAX_ASYNCHRONOUS = 1 << 20;

  private static final Duration LOG_WAIT = Duration.ofSeconds(1);
  private static final byte[] NO_EVENT = {'{', '}'};

  private final Functions functions;

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
      case "DryRun" -> executed(HttpReply.empty(204), FunctionName.LATEST);
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
          case InvokeOutcome.Throttled(boolean reserved) -> Errors.throttled(reserved);
          case InvokeOutcome.Denied(), InvokeOutcome.TooLarge() ->
              throw new IllegalStateException("decided before the function ran");
        };
    boolean tail = call.http().headers().first("X-Amz-Log-Type").filter("Tail"::equals).isPresent();
    if (reply.status() != 200) {
      return reply;
    }
    return executed(
            tail
                ? reply.with("X-Amz-Log-Result", Base64.getEncoder().encodeToString(log(invoked)))
                : reply,
            invoked.version())
        .with("x-amzn-RequestId", invoked.requestId());
  }

  private static HttpReply payload(byte[] payload) {
    return new HttpReply(
        200, Headers.of("Content-Type", "application/json"), new HttpReply.Bytes(payload));
  }

  private static HttpReply executed(HttpReply reply, String version) {
    return reply.with("X-Amz-Executed-Version", version);
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
