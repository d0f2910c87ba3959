package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.function.FunctionAnswer;
import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.gateway.spi.FunctionInvoker.Invocation;
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
            role);
    call.ports()
        .functions()
        .invoke(invocation)
        .whenComplete((result, failure) -> answer(call, result, failure));
  }

  private void answer(
      SocketCall call, FunctionInvoker.@Nullable Result result, @Nullable Throwable failure) {
    if (result == null) {
      finish(call, 500, failed(SocketFault.INTERNAL, "could not be invoked: " + failure));
      return;
    }
    switch (result) {
      case FunctionInvoker.Returned(byte[] payload) -> returned(call, payload);
      case FunctionInvoker.Failed failed ->
          finish(call, 200, failed(SocketFault.BAD_GATEWAY, "returned an error"));
      case FunctionInvoker.Denied denied ->
          finish(call, 403, failed(SocketFault.INTERNAL, "does not let API Gateway invoke it"));
      case FunctionInvoker.Missing missing ->
          finish(call, 404, failed(SocketFault.INTERNAL, "does not exist"));
      case FunctionInvoker.Throttled throttled ->
          finish(call, 429, failed(SocketFault.BUSY, "is at its concurrency"));
      case FunctionInvoker.TooLarge large ->
          finish(call, 413, failed(SocketFault.INTERNAL, "cannot take so large an event"));
    }
  }

  private void returned(SocketCall call, byte[] payload) {
    switch (FunctionAnswer.read(payload, false)) {
      case FunctionAnswer.Malformed(String reason) ->
          finish(call, 200, failed(SocketFault.BAD_GATEWAY, reason));
      case FunctionAnswer.Structured answer ->
          finish(call, 200, new Answered(answer.status(), answer.headers(), answer.body()));
    }
  }

  private Failed failed(SocketFault fault, String what) {
    return new Failed(fault, "function " + functionArn + " " + what);
  }

  private static void finish(SocketCall call, int service, SocketOutcome outcome) {
    call.worker()
        .loop()
        .execute(() -> {
          call.timeline().serviceAnswered(service);
          if (outcome instanceof Answered answered) {
            call.timeline().integrationAnswered(answered.status());
          }
          call.finish(outcome);
        });
  }
}
