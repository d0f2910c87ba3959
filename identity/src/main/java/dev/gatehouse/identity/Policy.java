package dev.gatehouse.identity;

import dev.gatehouse.wire.Json;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A resource policy: who may do what to the thing that it is attached to (control-plane.md 15).
 * Immutable.
 *
 * <p>What is not understood never opens a door: an Allow with a condition that isn't known does not
 * allow, a Deny with one denies.
 */
public final class Policy {
  /** Lambda takes no more for one function [C]. */
  private static final int MAX_LENGTH = 20 * 1024;

  private final List<Statement> statements;

  private Policy(List<Statement> statements) {
    this.statements = List.copyOf(statements);
  }

  /**
   * Reads a policy document.
   *
   * @throws IllegalArgumentException when it isn't one; the message tells why
   */
  public static Policy parse(String json) {
    return parse(json, Statement::read);
  }

  /**
   * Reads a policy document that names no principals, because it speaks of who holds it.
   *
   * @throws IllegalArgumentException when it isn't one; the message tells why
   */
  public static Policy parseHeld(String json) {
    return parse(json, Statement::readHeld);
  }

  private static Policy parse(String json, Function<JsonNode, Statement> read) {
    if (json.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("The policy is longer than " + MAX_LENGTH + " characters");
    }
    try {
      JsonNode document = Json.mapper().readTree(json);
      JsonNode statements = document.path("Statement");
      if (!statements.isArray() && !statements.isObject()) {
        throw new IllegalArgumentException("The policy has no Statement");
      }
      return new Policy(PolicyText.each(statements).stream().map(read).toList());
    } catch (JacksonException e) {
      throw new IllegalArgumentException("The policy is not JSON", e);
    }
  }

  /** Whether some statement allows this and none denies it. */
  public boolean allows(AccessRequest request) {
    boolean allowed = false;
    for (Statement statement : statements) {
      Match match = statement.match(request);
      switch (statement.effect()) {
        case ALLOW -> allowed |= match == Match.YES;
        case DENY -> {
          if (match != Match.NO) {
            return false;
          }
        }
      }
    }
    return allowed;
  }
}
