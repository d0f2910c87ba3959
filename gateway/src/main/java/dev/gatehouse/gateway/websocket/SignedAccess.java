package dev.gatehouse.gateway.websocket;

import dev.gatehouse.identity.Access;
import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.Callers;
import dev.gatehouse.identity.Context;
import dev.gatehouse.identity.Permission;
import dev.gatehouse.identity.SignedRequests;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.sigv4.Sha256;
import java.util.Map;

/**
 * Who signed a {@code $connect} or a call of {@code @connections}, and whether they may
 * (websocket-api.md 9.1 and 13). Checked in every mode of the server. Never blocks.
 */
record SignedAccess(Callers callers) {

  /** What checking came to. */
  sealed interface Finding {}

  /** The caller may. */
  record Admitted(Caller caller) implements Finding {}

  /**
   * The caller may not.
   *
   * @param code AWS's error code
   * @param message AWS's text; the account's first digits are not shown [C]
   */
  record Refused(String code, String message) implements Finding {}

  /**
   * Checks a call as it was sent.
   *
   * @param action without its service
   * @param resource what follows the stage in its ARN
   */
  Finding check(HttpCall call, LiveSocketStage stage, byte[] body, String action, String resource) {
    return switch (signer(call, stage, body)) {
      case Refused refused -> refused;
      case Admitted(Caller caller) -> permit(caller, call, stage, action, resource);
    };
  }

  /** Checks who signed a call, and nothing else. */
  Finding signer(HttpCall call, LiveSocketStage stage, byte[] body) {
    String hash = body.length == 0 ? Sha256.EMPTY : Sha256.hex(body);
    return switch (callers.signatures().check(call, stage.scope(), hash)) {
      case SignedRequests.Refused(String code, String message) -> new Refused(code, message);
      case SignedRequests.Signed(Caller caller) -> new Admitted(caller);
    };
  }

  /** Checks what a caller may. */
  Finding permit(
      Caller caller, HttpCall call, LiveSocketStage stage, String action, String resource) {
    Context context =
        Context.of(
            Map.of(
                "aws:SourceIp", call.peer().getAddress().getHostAddress(),
                "aws:SecureTransport", Boolean.toString(call.secure()),
                "aws:UserAgent", call.headers().first("User-Agent").orElse("")));
    String arn = stage.routeArn(resource);
    Access access = new Access("execute-api:" + action, arn, context);
    return switch (callers.permissions().decide(caller, access)) {
      case Permission.Allowed _ -> new Admitted(caller);
      case Permission.Denied(String message) ->
          new Refused("AccessDeniedException", message.replace(arn, masked(arn, stage)));
    };
  }

  private static String masked(String arn, LiveSocketStage stage) {
    String account = stage.scope().account();
    return arn.replace(":" + account + ":", ":********" + account.substring(8) + ":");
  }
}
