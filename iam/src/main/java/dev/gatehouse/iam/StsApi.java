package dev.gatehouse.iam;

import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.CallerService;
import dev.gatehouse.identity.Identity;
import dev.gatehouse.identity.Permissions;
import dev.gatehouse.identity.TemporaryCredentials;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Who am I, and who may I become: the calls of STS. Plain blocking code on virtual threads. */
public final class StsApi implements CallerService {
  /** The namespace of STS's XML. */
  public static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

  private final Sessions sessions;
  private final QueryService service = new QueryService(NAMESPACE, this::answer);

  /**
   * @param permissions decide who may assume a role; not asked where {@code open}
   */
  public StsApi(
      Directory directory,
      Permissions permissions,
      TemporaryCredentials credentials,
      InstantSource clock,
      boolean open) {
    this.sessions = new Sessions(new Assumption(directory, permissions, open), credentials, clock);
  }

  @Override
  public HttpReply handle(Caller caller, HttpCall call) throws IOException {
    return service.handle(caller, call);
  }

  private @Nullable ObjectNode answer(Call call) {
    return switch (call.input().action()) {
      case "GetCallerIdentity" -> identity(call.caller().identity());
      case "AssumeRole" -> sessions.assumeRole(call);
      case "GetSessionToken" -> sessions.sessionToken(call);
      default -> throw Refusals.notBuilt("STS's " + call.input().action());
    };
  }

  /** Everyone may ask this, whatever policies say [C]. */
  private static ObjectNode identity(Identity identity) {
    return Trees.object()
        .put("UserId", identity.userId())
        .put("Account", identity.account())
        .put("Arn", identity.arn());
  }
}
