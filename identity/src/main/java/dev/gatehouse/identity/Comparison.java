package dev.gatehouse.identity;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * How one value of a condition is compared with one value of the request. A value of the policy
 * that is none of its kind can't be told; one of the request does not match.
 */
@FunctionalInterface
interface Comparison {
  Match test(Glob value, String given);

  static Comparison text() {
    return (value, given) -> Match.of(value.text().equals(given));
  }

  static Comparison textOfAnyCase() {
    return (value, given) ->
        Match.of(value.text().toLowerCase(Locale.ROOT).equals(given.toLowerCase(Locale.ROOT)));
  }

  static Comparison pattern() {
    return (value, given) -> Match.of(value.matches(given));
  }

  static Comparison arn() {
    return (value, given) -> Match.of(ArnPattern.matches(value, given));
  }

  static Comparison number(IntPredicate accepted) {
    return ordered(Comparison::number, accepted);
  }

  static Comparison date(IntPredicate accepted) {
    return ordered(Comparison::date, accepted);
  }

  static Comparison bool() {
    return ordered(Comparison::bool, order -> order == 0);
  }

  static Comparison address() {
    return (value, given) -> {
      Optional<AddressRange> range = AddressRange.parse(value.text());
      Optional<InetAddress> address = AddressRange.literal(given);
      return range
          .map(of -> Match.of(address.filter(of::contains).isPresent()))
          .orElse(Match.UNKNOWN);
    };
  }

  private static <T extends Comparable<T>> Comparison ordered(
      Function<String, Optional<T>> reading, IntPredicate accepted) {
    return (value, given) -> {
      Optional<T> wanted = reading.apply(value.text());
      Optional<T> found = reading.apply(given);
      return wanted
          .map(to -> Match.of(found.filter(one -> accepted.test(one.compareTo(to))).isPresent()))
          .orElse(Match.UNKNOWN);
    };
  }

  private static Optional<BigDecimal> number(String text) {
    return text.matches("[+-]?[0-9]{1,40}(\\.[0-9]{1,40})?")
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  private static Optional<Boolean> bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** ISO 8601 with a time or without, or seconds since the epoch [C]. */
  private static Optional<Instant> date(String text) {
    try {
      if (text.matches("-?[0-9]{1,12}")) {
        return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
      }
      return Optional.of(
          text.indexOf('T') < 0
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException none) {
      return Optional.empty();
    }
  }
}
