package dev.gatehouse.server;

import dev.gatehouse.gateway.spi.AnswerStream;
import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.gateway.spi.Rights;
import dev.gatehouse.iam.ServiceRoles;
import dev.gatehouse.identity.Access;
import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.Context;
import dev.gatehouse.identity.Permission;
import dev.gatehouse.identity.Permissions;
import dev.gatehouse.lambda.Functions;
import dev.gatehouse.lambda.InvokeAnswer;
import dev.gatehouse.lambda.InvokeOutcome;
import dev.gatehouse.lambda.InvokeRequest;
import dev.gatehouse.lambda.process.AnswerSink;
import dev.gatehouse.lambda.remote.RemoteEndpoint;
import dev.gatehouse.lambda.remote.RemoteFunctions;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Lets the data plane invoke functions, each on a virtual thread of its own: those of this server,
 * and those that the configuration says live elsewhere.
 *
 * @param roles what API Gateway may do in the name of a role
 * @param permissions what those who call APIs may do
 */
record PlacedFunctions(
    Functions functions, RemoteFunctions remote, ServiceRoles roles, Permissions permissions)
    implements FunctionInvoker {

  @Override
  public CompletionStage<Result> invoke(Invocation invocation) {
    CompletableFuture<Result> result = new CompletableFuture<>();
    Thread.ofVirtual().name("invoke").start(() -> invoke(invocation, result));
    return result;
  }

  private void invoke(Invocation invocation, CompletableFuture<Result> result) {
    try {
      result.complete(isAllowed(invocation) ? run(invocation) : new Denied());
    } catch (IOException | InterruptedException | RuntimeException failed) {
      result.completeExceptionally(failed);
    }
  }

  private Result run(Invocation invocation) throws IOException, InterruptedException {
    InvokeRequest request =
        new InvokeRequest(
            invocation.functionArn(),
            invocation.sourceArn(),
            invocation.sourceAccount(),
            invocation.payload(),
            !(invocation.rights() instanceof Rights.Own),
            sink(invocation.stream()));
    Optional<RemoteEndpoint> elsewhere = remote.find(request.functionArn());
    return result(
        elsewhere.isPresent()
            ? remote.invoke(elsewhere.get(), request)
            : functions.invoke(request));
  }

  private static @Nullable AnswerSink sink(@Nullable AnswerStream stream) {
    if (stream == null) {
      return null;
    }
    return new AnswerSink() {
      @Override
      public void begin(String version, String contentType) throws InterruptedException {
        stream.begin(contentType);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws InterruptedException {
        stream.write(bytes, offset, length);
      }
    };
  }

  /** Whether somebody else's rights suffice; the resource policy is asked with the function. */
  private boolean isAllowed(Invocation invocation) {
    String function = invocation.functionArn();
    return switch (invocation.rights()) {
      case Rights.Own _ -> true;
      case Rights.Role(String role) -> roles.allows(role, invocation.sourceAccount(), function);
      case Rights.Signer(Caller caller) ->
          permissions.decide(caller, invoking(function)) instanceof Permission.Allowed;
      case Rights.Nobody _ -> false;
    };
  }

  private Access invoking(String function) {
    return new Access(
        "lambda:InvokeFunction",
        function,
        Context.nothing(),
        functions.policy(function).orElse(null));
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
