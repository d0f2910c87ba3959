package dev.gatehouse.identity;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * One statement of a policy.
 *
 * @param understood whether it has only elements that are known here
 */
record Statement(
    Effect effect,
    Principals principals,
    List<String> actions,
    List<String> resources,
    List<Condition> conditions,
    boolean understood) {

  private static final Set<String> ELEMENTS =
      Set.of("Sid", "Effect", "Principal", "Action", "Resource", "Condition");

  private static final Set<String> HELD_ELEMENTS =
      Set.of("Sid", "Effect", "Action", "Resource", "Condition");

  enum Effect {
    ALLOW,
    DENY
  }

  static Statement read(JsonNode node) {
    return read(node, Principals.read(node.path("Principal")), ELEMENTS);
  }

  /** A statement of a policy that names no principals: one that does isn't understood. */
  static Statement readHeld(JsonNode node) {
    return read(node, Principals.EVERYONE, HELD_ELEMENTS);
  }

  private static Statement read(JsonNode node, Principals principals, Set<String> elements) {
    Effect effect =
        switch (node.path("Effect").asString("")) {
          case "Allow" -> Effect.ALLOW;
          case "Deny" -> Effect.DENY;
          default -> throw new IllegalArgumentException("A statement's Effect is Allow or Deny");
        };
    return new Statement(
        effect,
        principals,
        PolicyText.texts(node.path("Action")),
        PolicyText.texts(node.path("Resource")),
        Condition.readAll(node.path("Condition")),
        elements.containsAll(node.propertyNames()));
  }

  /**
   * Whether this statement speaks of the request. One with {@code NotAction} and the like, or
   * without one of the elements, can't be told.
   */
  Match match(AccessRequest request) {
    Match match =
        understood ? principals.match(request.principal()).and(action(request)) : Match.UNKNOWN;
    match = match.and(resource(request));
    for (Condition condition : conditions) {
      match = match.and(condition.match(request.context()));
    }
    return match;
  }

  private Match action(AccessRequest request) {
    String action = request.action().toLowerCase(Locale.ROOT);
    return actions.isEmpty()
        ? Match.UNKNOWN
        : Match.of(
            actions.stream()
                .anyMatch(pattern -> Glob.matches(pattern.toLowerCase(Locale.ROOT), action)));
  }

  private Match resource(AccessRequest request) {
    return resources.isEmpty()
        ? Match.UNKNOWN
        : Match.of(resources.stream().anyMatch(r -> ArnPattern.matches(r, request.resource())));
  }
}
