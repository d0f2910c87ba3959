package dev.gatehouse.lambda;

import dev.gatehouse.identity.AccessCheck;
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
  private final AccessCheck access;
  private final Functions invoked;
  private final FunctionCalls functions;
  private final PolicyCalls policies;
  private final InvokeCalls invocations;
  private final Publishing publishing;
  private final AliasCalls aliases;
  private final ConcurrencyCalls concurrency;
  private final Tags tags;
  private final EventConfigCalls events;
  private final LayerCalls layers;

  /**
   * @param access lets calls go on
   */
  public LambdaApi(LambdaSetup setup, Functions functions, AccessCheck access) {
    this.access = access;
    this.invoked = functions;
    this.ids = setup.ids();
    this.publishing = new Publishing(setup);
    this.functions = new FunctionCalls(setup, functions, publishing);
    this.policies = new PolicyCalls(setup, functions);
    this.invocations = new InvokeCalls(functions);
    this.aliases = new AliasCalls(setup, functions);
    this.concurrency = new ConcurrencyCalls(setup);
    this.tags = new Tags(setup);
    this.events = new EventConfigCalls(setup, functions);
    this.layers = new LayerCalls(setup, functions);
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

  private void require(Call call) {
    if (call.parameter("FunctionName").isEmpty()) {
      String arn = call.parameter("ARN");
      call.require(arn.startsWith("arn:") ? arn : "*");
    } else {
      FunctionName name = call.function();
      call.require(name, invoked.policy(name).orElse(null));
    }
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
    Call call = new Call(caller, http, match, access);
    if (!match.name().equals("CreateFunction")) {
      require(call);
    }
    return switch (match.name()) {
      case "CreateFunction" -> functions.create(call);
      case "GetFunction" -> functions.get(call);
      case "GetFunctionConfiguration" -> functions.getConfiguration(call);
      case "GetFunctionCodeSigningConfig" -> functions.getCodeSigning(call);
      case "ListFunctions" -> functions.list(call);
      case "DeleteFunction" -> functions.delete(call);
      case "UpdateFunctionCode" -> functions.updateCode(call);
      case "UpdateFunctionConfiguration" -> functions.updateConfiguration(call);
      case "Invoke" -> invocations.invoke(call);
      case "InvokeWithResponseStream" -> invocations.stream(call);
      case "AddPermission" -> policies.add(call);
      case "RemovePermission" -> policies.remove(call);
      case "GetPolicy" -> policies.get(call);
      case "PublishVersion" -> publishing.publish(call);
      case "ListVersionsByFunction" -> publishing.list(call);
      case "CreateAlias" -> aliases.create(call);
      case "GetAlias" -> aliases.get(call);
      case "ListAliases" -> aliases.list(call);
      case "UpdateAlias" -> aliases.update(call);
      case "DeleteAlias" -> aliases.delete(call);
      case "PutFunctionConcurrency" -> concurrency.put(call);
      case "GetFunctionConcurrency" -> concurrency.get(call);
      case "DeleteFunctionConcurrency" -> concurrency.delete(call);
      case "GetAccountSettings" -> concurrency.account(call);
      case "TagResource" -> tags.add(call);
      case "UntagResource" -> tags.remove(call);
      case "ListTags" -> tags.list(call);
      case "PutFunctionEventInvokeConfig" -> events.put(call);
      case "UpdateFunctionEventInvokeConfig" -> events.update(call);
      case "GetFunctionEventInvokeConfig" -> events.get(call);
      case "DeleteFunctionEventInvokeConfig" -> events.delete(call);
      case "ListFunctionEventInvokeConfigs" -> events.list(call);
      case "PublishLayerVersion" -> layers.publish(call);
      case "GetLayerVersion" -> layers.get(call);
      case "GetLayerVersionByArn" -> layers.getByArn(call);
      case "DeleteLayerVersion" -> layers.delete(call);
      case "ListLayerVersions" -> layers.versions(call);
      case "ListLayers" -> layers.list(call);
      default -> throw Errors.notBuilt("The operation " + match.name());
    };
  }
}
