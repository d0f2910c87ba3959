package dev.gatehouse.identity;

import dev.gatehouse.identity.Policy.Judgement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what a caller may do by the policies that it holds (IAM user guide, "Policy evaluation
 * logic" [C]): a Deny anywhere counts first; then some policy must allow it, and neither the
 * session's policy nor the boundary may leave it out. Never blocks: asked on event loops.
 */
public final class Permissions {
  private final Grants grants;
  private final InstantSource clock;

  public Permissions(Grants grants, InstantSource clock) {
    this.grants = grants;
    this.clock = clock;
  }

  /**
   * Whether a caller may do something, so far as its own policies go. Of another account's
   * resources nobody's own policies let have anything: that account has to share them.
   *
   * @param action such as {@code execute-api:Invoke}
   * @param resource an ARN; {@code *} where the action is about no resource
   * @param context what the request tells, without what the caller's identity tells
   */
  public Permission decide(Caller caller, String action, String resource, Context context) {
    Identity identity = caller.identity();
    Optional<String> missing = missing(identity, action, resource, context);
    return missing
        .<Permission>map(why ->
            new Permission.Denied(
                "User: %s is not authorized to perform: %s on resource: %s %s"
                    .formatted(identity.arn(), action, resource, why)))
        .orElseGet(Permission.Allowed::new);
  }

  private Optional<String> missing(
      Identity identity, String action, String resource, Context context) {
    String owner = owner(resource);
    if (!owner.isEmpty() && !owner.equals(identity.account())) {
      return Optional.of("because no resource-based policy allows the " + action + " action");
    }
    return heldMissing(identity, action, resource, context);
  }

  /**
   * What the caller's own policies say, whoever owns the resource: one part of the decision where
   * the resource has a policy too, as a role has that says who may assume it.
   */
  public Judgement judge(Caller caller, String action, String resource, Context context) {
    return heldMissing(caller.identity(), action, resource, context)
        .map(why -> why.startsWith("with") ? Judgement.DENIED : Judgement.SILENT)
        .orElse(Judgement.ALLOWED);
  }

  /** The question that a caller's request is to a resource's policy. */
  public AccessRequest question(
      Caller caller, Principal principal, String action, String resource, Context context) {
    return new AccessRequest(principal, action, resource, context.and(keys(caller.identity())));
  }

  private Optional<String> heldMissing(
      Identity identity, String action, String resource, Context context) {
    AccessRequest request =
        new AccessRequest(
            new Principal.Arn(identity.arn(), identity.holder()),
            action,
            resource,
            context.and(keys(identity)));
    String session = identity.sessionPolicy();
    Judgement ofSession =
        session == null ? Judgement.ALLOWED : Policy.parseHeld(session).judge(request);
    return switch (grants.of(identity)) {
      case Grants.Holding.Everything _ ->
          first(List.of(missing("session policy", ofSession, action)));
      case Grants.Holding.Policies(List<Policy> held, List<Policy> boundary) ->
          first(
              List.of(
                  missing("identity-based policy", Policy.judge(held, request), action),
                  missing(
                      "permissions boundary",
                      boundary.isEmpty() ? Judgement.ALLOWED : Policy.judge(boundary, request),
                      action),
                  missing("session policy", ofSession, action)));
    };
  }

  private static Optional<String> first(List<Optional<String>> reasons) {
    return reasons.stream()
        .flatMap(Optional::stream)
        .min((one, other) -> Boolean.compare(other.startsWith("with"), one.startsWith("with")));
  }

  private static Optional<String> missing(String kind, Judgement judgement, String action) {
    return switch (judgement) {
      case ALLOWED -> Optional.empty();
      case DENIED ->
          Optional.of("with an explicit deny in " + (kind.startsWith("i") ? "an " : "a ") + kind);
      case SILENT -> Optional.of("because no " + kind + " allows the " + action + " action");
    };
  }

  private static String owner(String arn) {
    String[] parts = arn.split(":", 6);
    return parts.length == 6 ? parts[4] : "";
  }

  private Map<String, String> keys(Identity identity) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Map<String, String> keys = new HashMap<>();
    keys.put("aws:PrincipalArn", identity.holder());
    keys.put("aws:PrincipalAccount", identity.account());
    keys.put("aws:userid", identity.userId());
    keys.put("aws:CurrentTime", now.toString());
    keys.put("aws:EpochTime", Long.toString(now.getEpochSecond()));
    keys.put("aws:PrincipalIsAWSService", "false");
    keys.put("aws:ViaAWSService", "false");
    if (identity.isSession()) {
      keys.put("aws:PrincipalType", "AssumedRole");
    } else if (identity.isRoot()) {
      keys.put("aws:PrincipalType", "Account");
    } else {
      keys.put("aws:PrincipalType", "User");
      keys.put("aws:username", identity.arn().substring(identity.arn().lastIndexOf('/') + 1));
    }
    return keys;
  }
}
