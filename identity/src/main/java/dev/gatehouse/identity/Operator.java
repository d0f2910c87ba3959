package dev.gatehouse.identity;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A condition operator (IAM user guide, "IAM JSON policy elements: Condition operators" [C]).
 *
 * @param comparison of one value with another
 * @param negated whether none of the values may match, in place of one that must
 */
record Operator(Comparison comparison, boolean negated) {
  private static final Map<String, Operator> ALL = all();

  static Optional<Operator> named(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  private static Map<String, Operator> all() {
    Map<String, Operator> all = new HashMap<>();
    withNegation(all, "String", "Equals", Comparison.text());
    withNegation(all, "String", "EqualsIgnoreCase", Comparison.textOfAnyCase());
    withNegation(all, "String", "Like", Comparison.pattern());
    withNegation(all, "Arn", "Equals", Comparison.arn());
    withNegation(all, "Arn", "Like", Comparison.arn());
    withNegation(all, "Numeric", "Equals", Comparison.number(order -> order == 0));
    positive(all, "NumericLessThan", Comparison.number(order -> order < 0));
    positive(all, "NumericLessThanEquals", Comparison.number(order -> order <= 0));
    positive(all, "NumericGreaterThan", Comparison.number(order -> order > 0));
    positive(all, "NumericGreaterThanEquals", Comparison.number(order -> order >= 0));
    withNegation(all, "Date", "Equals", Comparison.date(order -> order == 0));
    positive(all, "DateLessThan", Comparison.date(order -> order < 0));
    positive(all, "DateLessThanEquals", Comparison.date(order -> order <= 0));
    positive(all, "DateGreaterThan", Comparison.date(order -> order > 0));
    positive(all, "DateGreaterThanEquals", Comparison.date(order -> order >= 0));
    positive(all, "Bool", Comparison.bool());
    positive(all, "BinaryEquals", Comparison.text());
    withNegation(all, "", "IpAddress", Comparison.address());
    return Map.copyOf(all);
  }

  private static void positive(Map<String, Operator> all, String name, Comparison comparison) {
    all.put(name, new Operator(comparison, false));
  }

  private static void withNegation(
      Map<String, Operator> all, String kind, String name, Comparison comparison) {
    all.put(kind + name, new Operator(comparison, false));
    all.put(kind + "Not" + name, new Operator(comparison, true));
  }
}
