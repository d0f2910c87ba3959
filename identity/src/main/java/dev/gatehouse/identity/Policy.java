package dev.gatehouse.identity;

import dev.gatehouse.wire.Json;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * An IAM policy document: the one evaluator for resource policies, for policies that principals
 * hold, for roles' trust, and for what Lambda authorizers answer.
 *
 * <p>Never opens what it does not understand: an Allow with an unknown element, operator or value
 * allows nothing, a Deny with one denies.
 */
public final class Policy {
  /** Characters of a document [C]. */
  private static final int MAX_LENGTH = 20 * 1024;

  /** The version that knows variables; a document that names none is of the one before [C]. */
  private static final String WITH_VARIABLES = "2012-10-17";

  private final List<Statement> statements;

  private Policy(List<Statement> statements) {
    this.statements = List.copyOf(statements);
  }

  /** What policies say of a request. */
  public enum Judgement {
    /** Some statement allows it, and none denies it. */
    ALLOWED,
    /** Some statement denies it. */
    DENIED,
    /** No statement speaks of it. */
    SILENT
  }

  /**
   * Reads the policy of a resource.
   *
   * @throws IllegalArgumentException when it isn't one; the message tells why
   */
  public static Policy parse(String json) {
    return parse(json, PolicyKind.RESOURCE);
  }

  /**
   * Reads a policy document that names no principals, because it speaks of who holds it.
   *
   * @throws IllegalArgumentException when it isn't one; the message tells why
   */
  public static Policy parseHeld(String json) {
    return parse(json, PolicyKind.HELD);
  }

  /**
   * Reads the policy of a role that says who may assume it, and names no resource.
   *
   * @throws IllegalArgumentException when it isn't one; the message tells why
   */
  public static Policy parseTrust(String json) {
    return parse(json, PolicyKind.TRUST);
  }

  private static Policy parse(String json, PolicyKind kind) {
    if (json.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("The policy is longer than " + MAX_LENGTH + " characters");
    }
    try {
      JsonNode document = Json.mapper().readTree(json);
      JsonNode statements = document.path("Statement");
      if (!statements.isArray() && !statements.isObject()) {
        throw new IllegalArgumentException("The policy has no Statement");
      }
      boolean variables = document.path("Version").asString("").equals(WITH_VARIABLES);
      return new Policy(
          PolicyText.each(statements).stream()
              .map(statement -> Statement.read(statement, kind, variables))
              .toList());
    } catch (JacksonException e) {
      throw new IllegalArgumentException("The policy is not JSON", e);
    }
  }

  /** Whether every statement has the elements that it needs and no others, as IAM demands. */
  public boolean isComplete() {
    return !statements.isEmpty() && statements.stream().allMatch(Statement::understood);
  }

  /** Whether some statement allows this and none denies it. */
  public boolean allows(AccessRequest request) {
    return judge(request) == Judgement.ALLOWED;
  }

  /** What this policy says. */
  public Judgement judge(AccessRequest request) {
    Judgement judgement = Judgement.SILENT;
    for (Statement statement : statements) {
      Match match = statement.match(request);
      switch (statement.effect()) {
        case ALLOW -> judgement = match == Match.YES ? Judgement.ALLOWED : judgement;
        case DENY -> {
          if (match != Match.NO) {
            return Judgement.DENIED;
          }
        }
      }
    }
    return judgement;
  }

  /** What several policies say together: one that denies counts before one that allows. */
  public static Judgement judge(List<Policy> policies, AccessRequest request) {
    Judgement judgement = Judgement.SILENT;
    for (Policy policy : policies) {
      switch (policy.judge(request)) {
        case DENIED -> {
          return Judgement.DENIED;
        }
        case ALLOWED -> judgement = Judgement.ALLOWED;
        case SILENT -> {}
      }
    }
    return judgement;
  }
}
