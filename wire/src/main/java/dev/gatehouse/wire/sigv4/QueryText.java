package dev.gatehouse.wire.sigv4;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A raw query, cut into names and values that are still encoded as they were sent. */
record QueryText(List<Pair> pairs) {

  private static final QueryText NONE = new QueryText(List.of());

  /** One {@code name=value}, raw; the value is empty where there is no equals sign. */
  record Pair(String name, String value) {}

  static QueryText parse(String rawQuery) {
    if (rawQuery.isEmpty()) {
      return NONE;
    }
    List<Pair> pairs = new ArrayList<>();
    for (String part : rawQuery.split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        pairs.add(
            equals < 0
                ? new Pair(part, "")
                : new Pair(part.substring(0, equals), part.substring(equals + 1)));
      }
    }
    return new QueryText(List.copyOf(pairs));
  }

  boolean has(String name) {
    return pairs.stream().anyMatch(pair -> decode(pair.name()).equals(name));
  }

  List<String> decoded(String name) {
    return pairs.stream()
        .filter(pair -> decode(pair.name()).equals(name))
        .map(pair -> decode(pair.value()))
        .toList();
  }

  /** The canonical query: everything but the signature itself, sorted by name, then by value. */
  String canonical(UnaryOperator<String> spelling) {
    if (pairs.isEmpty()) {
      return "";
    }
    return pairs.stream()
        .filter(pair -> !decode(pair.name()).equals(QueryClaim.SIGNATURE))
        .map(pair -> new Pair(spelling.apply(pair.name()), spelling.apply(pair.value())))
        .sorted(Comparator.comparing(Pair::name).thenComparing(Pair::value))
        .map(pair -> pair.name() + "=" + pair.value())
        .collect(Collectors.joining("&"));
  }

  /** As written in the documentation: each name and value decoded, then encoded in one way. */
  static String reencoded(String raw) {
    return Percent.encode(decode(raw));
  }

  private static String decode(String raw) {
    return Percent.decode(raw.replace('+', ' '));
  }
}
