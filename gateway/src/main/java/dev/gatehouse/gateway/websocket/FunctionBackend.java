package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.function.FunctionAnswer;
import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.gateway.spi.FunctionInvoker.Invocation;
import dev.gatehouse.gateway.spi.Rights;
import dev.gatehouse.gateway.websocket.SocketOutcome.Answered;
import dev.gatehouse.gateway.websocket.SocketOutcome.Failed;
import org.jspecify.annotations.Nullable;

/**
 * An AWS_PROXY integration: a function gets the event (websocket-api.md 3).
 *
 * @param role in whose name the function is invoked; null where its resource policy counts
 */
record FunctionBackend(String functionArn, int timeoutMillis, @Nullable String role)
    implements SocketBackend {

  @Override
  public void start(SocketCall call) {
    Thread.ofVirtual().name("socket-event").start(() -> invoke(call));
  }

  private void invoke(SocketCall call) {
    SocketEvent event = call.event();
    Invocation invocation =
        new Invocation(
            functionArn,
            event.stage().routeArn(String.valueOf(event.routeKey())),
            event.stage().scope().account(),
            EventJson.write(event),
            Rights.of(role, event.peer().caller()));
    call.ports()
        .functions()
        .invoke(invocation)
        .whenComplete((result, failure) -> answer(call, result, failure));
  }

  private void answer(
      SocketCall call, FunctionInvoker.@Nullable Result result, @Nullable Throwable failure) {
    if (result == null) {
      finish(call, 500, null, failed(SocketFault.INTERNAL, "could not be invoked: " + failure));
      return;
    }
    finish(call, result.status(), result.requestId(), outcome(result));
  }

  private SocketOutcome outcome(FunctionInvoker.Result result) {
    return switch (result) {
      case FunctionInvoker.Returned(byte[] payload, _) -> returned(payload);
      case FunctionInvoker.Failed _ -> failed(SocketFault.BAD_GATEWAY, "returned an error");
      case FunctionInvoker.Denied _ ->
          failed(SocketFault.INTERNAL, "may not be invoked in this way");
      case FunctionInvoker.Missing _ -> failed(SocketFault.INTERNAL, "does not exist");
      case FunctionInvoker.Throttled _ -> failed(SocketFault.BUSY, "is at its concurrency");
      case FunctionInvoker.TooLarge _ ->
          failed(SocketFault.INTERNAL, "cannot take so large an event");
    };
  }

  private SocketOutcome returned(byte[] payload) {
    return switch (FunctionAnswer.read(payload, false)) {
      case FunctionAnswer.Malformed(String reason) -> failed(SocketFault.BAD_GATEWAY, reason);
      case FunctionAnswer.Structured answer ->
          new Answered(answer.status(), answer.headers(), answer.body());
    };
  }

  private Failed failed(SocketFault fault, String what) {
    return new Failed(fault, "function " + functionArn + " " + what);
  }

  private static void finish(
      SocketCall call, int service, @Nullable String requestId, SocketOutcome outcome) {
    call.worker()
        .loop()
        .execute(() -> {
          call.timeline().serviceAnswered(service, requestId);
          if (outcome instanceof Answered answered) {
            call.timeline().integrationAnswered(answered.status());
          }
          call.finish(outcome);
        });
  }
}
