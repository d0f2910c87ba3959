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
  private static final String RESOURCE_BASED = "resource-based policy";

  /** What keeps a caller from something, in AWS's words. */
  private record Obstacle(boolean denied, String why) {}

  private final Grants grants;
  private final InstantSource clock;

  public Permissions(Grants grants, InstantSource clock) {
    this.grants = grants;
    this.clock = clock;
  }

  /**
   * Whether a caller may do something. Within an account its own policies may allow it or, where
   * the resource's policy names it, that one may; to another account's resources both must [C]. A
   * resource's policy that names the caller's account leaves it to the account [C].
   */
  public Permission decide(Caller caller, Access access) {
    Identity identity = caller.identity();
    return obstacle(identity, access)
        .<Permission>map(obstacle ->
            new Permission.Denied(
                "User: %s is not authorized to perform: %s on resource: %s %s"
                    .formatted(identity.arn(), access.action(), access.resource(), obstacle.why())))
        .orElseGet(Permission.Allowed::new);
  }

  private Optional<Obstacle> obstacle(Identity identity, Access access) {
    Judgement shared =
        shared(identity, access, new Principal.Arn(identity.arn(), identity.holder()));
    if (shared == Judgement.DENIED) {
      return obstacle(RESOURCE_BASED, shared, access.action());
    }
    String owner = owner(access.resource());
    if (!owner.isEmpty() && !owner.equals(identity.account())) {
      return obstacle(RESOURCE_BASED, shared, access.action())
          .or(() -> ofHeld(identity, access, Judgement.SILENT));
    }
    Judgement named =
        shared(identity, access, new Principal.Itself(identity.arn(), identity.holder()));
    return ofHeld(identity, access, named);
  }

  private Judgement shared(Identity identity, Access access, Principal principal) {
    Policy policy = access.policy();
    return policy == null ? Judgement.SILENT : policy.judge(question(identity, principal, access));
  }

  /**
   * What the caller's own policies say, whoever owns the resource: one part of the decision where
   * the resource has a policy too, as a role has that says who may assume it.
   */
  public Judgement judge(Caller caller, Access access) {
    return ofHeld(caller.identity(), access, Judgement.SILENT)
        .map(obstacle -> obstacle.denied() ? Judgement.DENIED : Judgement.SILENT)
        .orElse(Judgement.ALLOWED);
  }

  /** The question that a caller's request is to a resource's policy. */
  public AccessRequest question(Caller caller, Principal principal, Access access) {
    return question(caller.identity(), principal, access);
  }

  private AccessRequest question(Identity identity, Principal principal, Access access) {
    return new AccessRequest(
        principal, access.action(), access.resource(), access.context().and(keys(identity)));
  }

  /**
   * What keeps a caller's own policies from allowing it.
   *
   * @param shared what the resource's policy says of the caller itself: it may stand in for the
   *     policies that the caller holds, though not for what narrows them
   */
  private Optional<Obstacle> ofHeld(Identity identity, Access access, Judgement shared) {
    Grants.Holding holding = grants.of(identity);
    if (holding instanceof Grants.Holding.Everything && identity.sessionPolicy() == null) {
      return Optional.empty(); // what most requests of one's own machine come to
    }
    AccessRequest request =
        question(identity, new Principal.Arn(identity.arn(), identity.holder()), access);
    String action = access.action();
    String session = identity.sessionPolicy();
    Judgement ofSession =
        session == null ? Judgement.ALLOWED : Policy.parseHeld(session).judge(request);
    return switch (holding) {
      case Grants.Holding.Everything _ ->
          first(List.of(obstacle("session policy", ofSession, action)));
      case Grants.Holding.Policies(List<Policy> held, List<Policy> boundary) -> {
        Judgement own = Policy.judge(held, request);
        yield first(
            List.of(
                obstacle("identity-based policy", own == Judgement.SILENT ? shared : own, action),
                obstacle(
                    "permissions boundary",
                    boundary.isEmpty() ? Judgement.ALLOWED : Policy.judge(boundary, request),
                    action),
                obstacle("session policy", ofSession, action)));
      }
    };
  }

  /** Of several the one that is told: a denial before what is merely not allowed. */
  private static Optional<Obstacle> first(List<Optional<Obstacle>> obstacles) {
    return obstacles.stream()
        .flatMap(Optional::stream)
        .min((one, other) -> Boolean.compare(other.denied(), one.denied()));
  }

  private static Optional<Obstacle> obstacle(String kind, Judgement judgement, String action) {
    return switch (judgement) {
      case ALLOWED -> Optional.empty();
      case DENIED -> {
        String article = kind.startsWith("i") ? "an " : "a ";
        yield Optional.of(new Obstacle(true, "with an explicit deny in " + article + kind));
      }
      case SILENT ->
          Optional.of(
              new Obstacle(false, "because no " + kind + " allows the " + action + " action"));
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
