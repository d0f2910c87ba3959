package dev.gatehouse.server;

import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.iam.ServiceRoles;
import dev.gatehouse.lambda.Functions;
import dev.gatehouse.lambda.InvokeAnswer;
import dev.gatehouse.lambda.InvokeOutcome;
import dev.gatehouse.lambda.InvokeRequest;
import dev.gatehouse.lambda.remote.RemoteEndpoint;
import dev.gatehouse.lambda.remote.RemoteFunctions;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lets the data plane invoke functions, each on a virtual thread of its own: those of this server,
 * and those that the configuration says live elsewhere.
 *
 * @param roles what API Gateway may do in the name of a role
 */
record PlacedFunctions(Functions functions, RemoteFunctions remote, ServiceRoles roles)
    implements FunctionInvoker {

  @Override
  public CompletionStage<Result> invoke(Invocation invocation) {
    CompletableFuture<Result> result = new CompletableFuture<>();
    String role = invocation.role();
    if (role != null && !roles.allows(role, invocation.sourceAccount(), invocation.functionArn())) {
      return CompletableFuture.completedFuture(new Denied());
    }
    InvokeRequest request =
        new InvokeRequest(
            invocation.functionArn(),
            invocation.sourceArn(),
            invocation.sourceAccount(),
            invocation.payload(),
            role != null);
    Thread.ofVirtual().name("invoke").start(() -> invoke(request, result));
    return result;
  }

  private void invoke(InvokeRequest request, CompletableFuture<Result> result) {
    try {
      Optional<RemoteEndpoint> elsewhere = remote.find(request.functionArn());
      result.complete(
          result(
              elsewhere.isPresent()
                  ? remote.invoke(elsewhere.get(), request)
                  : functions.invoke(request)));
    } catch (IOException | InterruptedException | RuntimeException failed) {
      result.completeExceptionally(failed);
    }
  }

  private static Result result(InvokeAnswer answer) {
    return switch (answer.outcome()) {
      case InvokeOutcome.Returned(byte[] payload) -> new Returned(payload, answer.requestId());
      case InvokeOutcome.Failed(byte[] payload) -> new Failed(payload, answer.requestId());
      case InvokeOutcome.Denied denied -> new Denied();
      case InvokeOutcome.Missing missing -> new Missing();
      case InvokeOutcome.Throttled throttled -> new Throttled();
      case InvokeOutcome.TooLarge large -> new TooLarge();
    };
  }
}
