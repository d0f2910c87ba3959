package dev.gatehouse.identity;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One statement of a policy.
 *
 * @param principals null where whoever holds the policy is meant
 * @param resources null where what the policy belongs to is meant
 * @param understood whether it has the elements that its kind needs, and only such
 */
record Statement(
    Effect effect,
    @Nullable Named<Principals> principals,
    Named<List<Glob>> actions,
    @Nullable Named<List<Template>> resources,
    List<Condition> conditions,
    boolean understood) {

  enum Effect {
    ALLOW,
    DENY
  }

  /**
   * What an element names, or all but that where it is {@code NotAction} and the like.
   *
   * @param given whether the element is there at all
   */
  record Named<T>(T what, boolean except, boolean given) {
    Match sense(Match match) {
      return except ? match.not() : match;
    }
  }

  static Statement read(JsonNode node, PolicyKind kind, boolean variables) {
    Effect effect =
        switch (node.path("Effect").asString("")) {
          case "Allow" -> Effect.ALLOW;
          case "Deny" -> Effect.DENY;
          default -> throw new IllegalArgumentException("A statement's Effect is Allow or Deny");
        };
    Set<String> elements = new HashSet<>(Set.of("Sid", "Effect", "Condition"));
    Named<JsonNode> action = named(node, "Action", elements);
    Named<JsonNode> principal = kind.namesPrincipals() ? named(node, "Principal", elements) : null;
    Named<JsonNode> resource = kind.namesResources() ? named(node, "Resource", elements) : null;
    return new Statement(
        effect,
        principal == null ? null : with(principal, Principals.read(principal.what())),
        with(action, patterns(action.what())),
        resource == null ? null : with(resource, templates(resource.what(), variables)),
        Condition.readAll(node.path("Condition"), variables),
        elements.containsAll(node.propertyNames())
            && action.given()
            && (principal == null || principal.given())
            && (resource == null || resource.given()));
  }

  /** An element or its opposite; both at once are none. */
  private static Named<JsonNode> named(JsonNode node, String name, Set<String> elements) {
    JsonNode only = node.path(name);
    JsonNode except = node.path("Not" + name);
    elements.add(name);
    elements.add("Not" + name);
    boolean one = only.isMissingNode() != except.isMissingNode();
    return new Named<>(only.isMissingNode() ? except : only, only.isMissingNode(), one);
  }

  private static <T> Named<T> with(Named<?> element, T what) {
    return new Named<>(what, element.except(), element.given());
  }

  private static List<Glob> patterns(JsonNode node) {
    return PolicyText.texts(node).stream()
        .map(text -> Glob.of(text.toLowerCase(Locale.ROOT)))
        .toList();
  }

  private static List<Template> templates(JsonNode node, boolean variables) {
    return PolicyText.texts(node).stream().map(text -> Template.of(text, variables)).toList();
  }

  /** Whether this statement speaks of the request. One that isn't understood can't be told. */
  Match match(AccessRequest request) {
    Match match =
        understood
            ? actions.sense(Match.of(action(request.action()))).and(principal(request))
            : Match.UNKNOWN;
    match = match.and(resource(request));
    for (Condition condition : conditions) {
      match = match.and(condition.match(request.context()));
    }
    return match;
  }

  private boolean action(String asked) {
    String action = asked.toLowerCase(Locale.ROOT);
    return actions.what().stream().anyMatch(pattern -> pattern.matches(action));
  }

  private Match principal(AccessRequest request) {
    return principals == null
        ? Match.YES
        : principals.sense(principals.what().match(request.principal()));
  }

  private Match resource(AccessRequest request) {
    if (resources == null) {
      return Match.YES;
    }
    boolean named =
        resources.what().stream()
            .map(template -> template.fill(request.context()))
            .anyMatch(
                glob -> glob != null && ArnPattern.matchesCompleted(glob, request.resource()));
    return understood ? resources.sense(Match.of(named)) : Match.UNKNOWN;
  }
}
