package dev.gatehouse.server;

import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.lambda.Functions;
import dev.gatehouse.lambda.InvokeOutcome;
import dev.gatehouse.lambda.InvokeRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lets the data plane invoke the functions of this server, each on a virtual thread of its own. */
record LocalFunctions(Functions functions) implements FunctionInvoker {

  @Override
  public CompletionStage<Result> invoke(Invocation invocation) {
    CompletableFuture<Result> result = new CompletableFuture<>();
    InvokeRequest request =
        new InvokeRequest(
            invocation.functionArn(),
            invocation.sourceArn(),
            invocation.sourceAccount(),
            invocation.payload());
    Thread.ofVirtual().name("invoke").start(() -> invoke(request, result));
    return result;
  }

  private void invoke(InvokeRequest request, CompletableFuture<Result> result) {
    try {
      result.complete(result(functions.invoke(request)));
    } catch (InterruptedException | RuntimeException failed) {
      result.completeExceptionally(failed);
    }
  }

  private static Result result(InvokeOutcome outcome) {
    return switch (outcome) {
      case InvokeOutcome.Returned(byte[] payload) -> new Returned(payload);
      case InvokeOutcome.Failed(byte[] payload) -> new Failed(payload);
      case InvokeOutcome.Denied denied -> new Denied();
      case InvokeOutcome.Missing missing -> new Missing();
      case InvokeOutcome.Throttled throttled -> new Throttled();
      case InvokeOutcome.TooLarge large -> new TooLarge();
    };
  }
}
