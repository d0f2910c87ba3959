package dev.gatehouse.iam;

import dev.gatehouse.identity.AccessCheck;
import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.CallerService;
import dev.gatehouse.identity.KeySecrets;
import dev.gatehouse.store.Store;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calls of IAM that scripts need to make a role, a policy and a key. Plain blocking code on
 * virtual threads.
 */
public final class IamApi implements CallerService {
  /** The namespace of IAM's XML. */
  public static final String NAMESPACE = "https://iam.amazonaws.com/doc/2010-05-08/";

  private final Operations operations;
  private final Subject subject;
  private final AccessCheck access;
  private final QueryService service = new QueryService(NAMESPACE, this::answer);

  public IamApi(
      Store store,
      InstantSource clock,
      RandomGenerator random,
      KeySecrets secrets,
      AccessCheck access) {
    Desk desk = new Desk(store, clock, random);
    this.operations = new Operations(desk, secrets);
    this.subject = new Subject(desk);
    this.access = access;
  }

  @Override
  public HttpReply handle(Caller caller, HttpCall call) throws IOException {
    return service.handle(caller, call);
  }

  private @Nullable ObjectNode answer(Call call) {
    String action = call.input().action();
    Handler handler =
        operations.find(action).orElseThrow(() -> Refusals.notBuilt("IAM's " + action));
    access.require(call.caller(), "iam:" + action, subject.arn(call), Subject.context(call));
    return handler.handle(call);
  }
}
