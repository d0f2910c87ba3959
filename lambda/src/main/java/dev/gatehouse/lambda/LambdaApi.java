package dev.gatehouse.lambda;

import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.CallerService;
import dev.gatehouse.wire.ServiceException;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.util.function.Supplier;

/** The Lambda API: restJson1 with members in PascalCase (control-plane.md 15). */
public final class LambdaApi implements CallerService {
  private final Operations operations = Operations.read();
  private final Supplier<String> ids;
  private final FunctionCalls functions;
  private final PolicyCalls policies;
  private final InvokeCalls invocations;

  public LambdaApi(LambdaSetup setup, Functions functions) {
    this.ids = setup.ids();
    this.functions = new FunctionCalls(setup, functions);
    this.policies = new PolicyCalls(setup, functions);
    this.invocations = new InvokeCalls(functions);
  }

  @Override
  public HttpReply handle(Caller caller, HttpCall http) throws IOException {
    HttpReply reply;
    try {
      checkScope(caller);
      reply = answer(caller, http);
    } catch (ServiceException e) {
      reply = Errors.render(e);
    }
    return reply.headers().first("x-amzn-RequestId").isPresent()
        ? reply
        : reply.with("x-amzn-RequestId", ids.get());
  }

  /** A region comes from the caller's signature and becomes part of paths. */
  private static void checkScope(Caller caller) {
    if (!caller.scope().region().matches("[a-z0-9-]{1,40}")
        || !caller.scope().account().matches("[0-9]{12}")) {
      throw new ServiceException(
          400, "InvalidSignatureException", "The credential scope names no region or account.");
    }
  }

  private HttpReply answer(Caller caller, HttpCall http) throws IOException {
    Operations.Match match =
        operations
            .match(http.method(), http.rawPath(), http.rawQuery())
            .orElseThrow(() ->
                new ServiceException(
                    404,
                    "UnknownOperationException",
                    "Lambda has no operation " + http.method() + " " + http.rawPath()));
    Call call = new Call(caller, http, match);
    return switch (match.name()) {
      case "CreateFunction" -> functions.create(call);
      case "GetFunction" -> functions.get(call);
      case "GetFunctionConfiguration" -> functions.getConfiguration(call);
      case "ListFunctions" -> functions.list(call);
      case "DeleteFunction" -> functions.delete(call);
      case "UpdateFunctionCode" -> functions.updateCode(call);
      case "UpdateFunctionConfiguration" -> functions.updateConfiguration(call);
      case "Invoke" -> invocations.invoke(call);
      case "AddPermission" -> policies.add(call);
      case "RemovePermission" -> policies.remove(call);
      case "GetPolicy" -> policies.get(call);
      default -> throw Errors.notBuilt("The operation " + match.name());
    };
  }
}
