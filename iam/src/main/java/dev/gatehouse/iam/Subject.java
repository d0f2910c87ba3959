package dev.gatehouse.iam;

import dev.gatehouse.identity.Context;
import dev.gatehouse.store.View;
import java.util.Map;

/** What an operation of IAM is about, as policies name it. */
final class Subject {
  private final Desk desk;

  Subject(Desk desk) {
    this.desk = desk;
  }

  /** The ARN of what a call names; {@code *} where it names nothing. */
  String arn(Call call) {
    String action = call.input().action();
    if (call.input().has("RoleName")) {
      return holder(call, HolderKind.ROLE);
    }
    if (call.input().has("UserName") || action.contains("AccessKey") || action.equals("GetUser")) {
      return holder(call, HolderKind.USER);
    }
    if (action.equals("CreatePolicy")) {
      return ManagedPolicies.arn(
          call.account(), Names.path(call.input()), call.input().need("PolicyName"));
    }
    return call.input().find(ManagedPolicies.ARN).orElse("*");
  }

  /** The path of what there is counts, else the one that is asked for. */
  private String holder(Call call, HolderKind kind) {
    String name = kind.name(call);
    View view = desk.store().head();
    return desk.find(view, kind.kind(), call.account(), name)
        .map(body -> body.path("Arn").asString())
        .orElseGet(() -> kind.arn(call.account(), Names.path(call.input()), name));
  }

  static Context context(Call call) {
    return Context.of(
        call.input()
            .find(ManagedPolicies.ARN)
            .map(arn -> Map.of("iam:PolicyARN", arn))
            .orElseGet(Map::of));
  }
}
