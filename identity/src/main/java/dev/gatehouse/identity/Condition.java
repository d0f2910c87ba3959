package dev.gatehouse.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One line of a statement's conditions: the request's value of a key must match one of the values,
 * or none of them where the operator is negated.
 *
 * @param operator null where it is not known here, so that nobody can tell
 */
record Condition(
    @Nullable Operator operator,
    Quantifier quantifier,
    boolean ifExists,
    String key,
    List<Template> values) {
  private static final String IF_EXISTS = "IfExists";

  /** How many of the request's values must match. */
  enum Quantifier {
    /** The key has one value. */
    ONE,
    ALL,
    ANY,
    /** Whether there is a value is all that counts. */
    PRESENCE
  }

  static List<Condition> readAll(JsonNode node, boolean variables) {
    List<Condition> conditions = new ArrayList<>();
    if (!node.isMissingNode() && !node.isObject()) {
      throw new IllegalArgumentException("A statement's Condition is an object");
    }
    for (Map.Entry<String, JsonNode> operator : node.properties()) {
      if (operator.getValue().isEmpty() || !operator.getValue().isObject()) {
        throw new IllegalArgumentException("A condition operator has no keys");
      }
      for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
        List<Template> values =
            PolicyText.texts(key.getValue()).stream()
                .map(text -> Template.of(text, variables))
                .toList();
        conditions.add(read(operator.getKey(), key.getKey(), values));
      }
    }
    return conditions;
  }

  private static Condition read(String name, String key, List<Template> values) {
    if (name.equals("Null")) {
      Operator bool = new Operator(Comparison.bool(), false);
      return new Condition(bool, Quantifier.PRESENCE, false, key, values);
    }
    Quantifier quantifier =
        name.startsWith("ForAllValues:")
            ? Quantifier.ALL
            : name.startsWith("ForAnyValue:") ? Quantifier.ANY : Quantifier.ONE;
    String rest = name.substring(name.indexOf(':') + 1);
    boolean known = quantifier != Quantifier.ONE || rest.equals(name);
    boolean ifExists = rest.endsWith(IF_EXISTS);
    String bare = ifExists ? rest.substring(0, rest.length() - IF_EXISTS.length()) : rest;
    Optional<Operator> operator = known ? Operator.named(bare) : Optional.empty();
    return new Condition(operator.orElse(null), quantifier, ifExists, key, values);
  }

  /** A key that is not there has no value that could match [C]. */
  Match match(Context context) {
    if (operator == null) {
      return Match.UNKNOWN;
    }
    List<String> given = context.of(key);
    if (quantifier == Quantifier.PRESENCE) {
      return meets(operator, Boolean.toString(given == null), context);
    }
    if (given == null && ifExists) {
      return Match.YES;
    }
    List<String> each = given == null ? List.of() : given;
    return switch (quantifier) {
      case ALL -> each.stream().map(v -> meets(operator, v, context)).reduce(Match.YES, Match::and);
      case ANY -> each.stream().map(v -> meets(operator, v, context)).reduce(Match.NO, Match::or);
      case ONE, PRESENCE ->
          operator.negated()
              ? each.stream().map(v -> meets(operator, v, context)).reduce(Match.YES, Match::and)
              : each.stream().map(v -> meets(operator, v, context)).reduce(Match.NO, Match::or);
    };
  }

  /** A variable without a value makes a text that nothing matches. */
  private Match meets(Operator with, String given, Context context) {
    Match any = Match.NO;
    for (Template value : values) {
      Glob filled = value.fill(context);
      any = any.or(filled == null ? Match.NO : with.comparison().test(filled, given));
    }
    return with.negated() ? any.not() : any;
  }
}
