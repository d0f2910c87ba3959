package dev.gatehouse.iam;

import dev.gatehouse.identity.Access;
import dev.gatehouse.identity.AccessRequest;
import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.Context;
import dev.gatehouse.identity.Identity;
import dev.gatehouse.identity.Permissions;
import dev.gatehouse.identity.Policy;
import dev.gatehouse.identity.Policy.Judgement;
import dev.gatehouse.identity.Principal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who may assume which role: the role's trust must allow it, and where the trust does not name the
 * caller itself but its account, so must the caller's own policies [C].
 *
 * @param open whether anybody may: control calls are open, and the role may be one that nobody made
 */
record Assumption(Directory directory, Permissions permissions, boolean open) {
  private static final String ACTION = "sts:AssumeRole";

  /** How long a session of the role may last at the most, in seconds. */
  int check(Call call, String roleArn) {
    Optional<Directory.Held> role = directory.role(roleArn);
    if (!open && !role.map(held -> allowed(call, held)).orElse(false)) {
      throw Refusals.denied(
          "User: %s is not authorized to perform: %s on resource: %s"
              .formatted(call.caller().principalArn(), ACTION, roleArn));
    }
    return role.map(Directory.Held::longestSeconds).orElse(Roles.USUAL_SECONDS);
  }

  private boolean allowed(Call call, Directory.Held role) {
    Policy trust = role.trust();
    if (trust == null) {
      return false;
    }
    Caller caller = call.caller();
    Identity identity = caller.identity();
    Context context = context(call);
    Principal account = new Principal.Arn(identity.arn(), identity.holder());
    Principal itself = new Principal.Itself(identity.arn(), identity.holder());
    Judgement own = permissions.judge(caller, new Access(ACTION, role.arn(), context));
    boolean trusted = trust.allows(question(caller, account, role, context));
    boolean named = trust.allows(question(caller, itself, role, context));
    boolean sameAccount = role.arn().contains("::" + identity.account() + ":");
    return trusted
        && own != Judgement.DENIED
        && (own == Judgement.ALLOWED || (named && sameAccount));
  }

  private AccessRequest question(
      Caller caller, Principal principal, Directory.Held role, Context context) {
    return permissions.question(caller, principal, new Access(ACTION, role.arn(), context));
  }

  private static Context context(Call call) {
    Map<String, String> context = new HashMap<>();
    call.input().find("ExternalId").ifPresent(id -> context.put("sts:ExternalId", id));
    call.input()
        .find("RoleSessionName")
        .ifPresent(name -> context.put("sts:RoleSessionName", name));
    return Context.of(context);
  }
}
