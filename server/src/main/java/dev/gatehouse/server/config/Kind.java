package dev.gatehouse.server.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * What a value must be.
 *
 * @param expected completes "expected …"
 * @param reading empty where the value is something else
 */
record Kind<T>(String expected, Function<JsonNode, Optional<T>> reading) {

  static Kind<Integer> number(int from, int to) {
    return new Kind<>(
        "a whole number from " + from + " to " + to,
        node ->
            Optional.of(node)
                .filter(JsonNode::canConvertToInt)
                .filter(JsonNode::isIntegralNumber)
                .map(JsonNode::intValue)
                .filter(number -> number >= from && number <= to));
  }

  static Kind<Boolean> flag() {
    return new Kind<>(
        "true or false",
        node -> Optional.of(node).filter(JsonNode::isBoolean).map(JsonNode::booleanValue));
  }

  /** A number, or the word {@code none} for another one that stands for it. */
  static Kind<Integer> numberOrNone(int from, int none) {
    Kind<Integer> number = number(from, none - 1);
    return new Kind<>(
        "a whole number from " + from + ", or none",
        node -> isText(node, "none") ? Optional.of(none) : number.reading().apply(node));
  }

  static Kind<Duration> duration(Duration from, Duration to) {
    return text("a duration with its unit (ms, s, m, h) from "
            + Units.text(from)
            + " to "
            + Units.text(to))
        .to(Units::duration)
        .only(given -> given.compareTo(from) >= 0 && given.compareTo(to) <= 0);
  }

  static Kind<Long> size(long from) {
    return text("a size with its unit (B, KiB, MiB, GiB), at least " + Units.text(from))
        .to(Units::size)
        .only(given -> given >= from);
  }

  static <T> Kind<T> oneOf(Map<String, T> values) {
    return text(String.join(" or ", new TreeSet<>(values.keySet())))
        .to(word -> Optional.ofNullable(values.get(word)));
  }

  static Kind<String> text(String expected) {
    return new Kind<>(
        expected,
        node ->
            Optional.of(node)
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(text -> !text.isBlank()));
  }

  Kind<T> only(Predicate<T> condition) {
    return new Kind<>(expected, node -> reading.apply(node).filter(condition));
  }

  <R> Kind<R> to(Function<T, Optional<R>> conversion) {
    return new Kind<>(expected, node -> reading.apply(node).flatMap(conversion));
  }

  private static boolean isText(JsonNode node, String text) {
    return node.isString() && node.stringValue().equals(text);
  }
}
