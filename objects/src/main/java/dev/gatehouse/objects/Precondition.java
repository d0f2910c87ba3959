package dev.gatehouse.objects;

import dev.gatehouse.wire.http.Headers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the conditions of a GET or HEAD come to. Where tags and dates are given, tags decide [C]; a
 * date that cannot be read is no condition.
 */
enum Precondition {
  HOLDS,
  NOT_MODIFIED,
  FAILED;

  static Precondition of(Headers headers, String tag, Instant modified) {
    Instant second = modified.truncatedTo(ChronoUnit.SECONDS);
    Optional<String> match = headers.first("If-Match");
    Optional<String> noneMatch = headers.first("If-None-Match");
    if (match.isPresent()) {
      if (!names(match.get(), tag)) {
        return FAILED;
      }
    } else if (date(headers, "If-Unmodified-Since", second::isAfter)) {
      return FAILED;
    }
    if (noneMatch.isPresent()) {
      return names(noneMatch.get(), tag) ? NOT_MODIFIED : HOLDS;
    }
    return date(headers, "If-Modified-Since", since -> !second.isAfter(since))
        ? NOT_MODIFIED
        : HOLDS;
  }

  /** Whether the object is still the one that a range was asked of. */
  static boolean sameForRange(Headers headers, String tag, Instant modified) {
    Optional<String> known = headers.first("If-Range");
    return known.isEmpty()
        || names(known.get(), tag)
        || HttpDate.parse(known.get())
            .filter(modified.truncatedTo(ChronoUnit.SECONDS)::equals)
            .isPresent();
  }

  private static boolean date(Headers headers, String name, Predicate<Instant> test) {
    return headers.first(name).flatMap(HttpDate::parse).filter(test).isPresent();
  }

  private static boolean names(String list, String tag) {
    return Arrays.stream(list.split(","))
        .map(String::strip)
        .map(it -> it.startsWith("W/") ? it.substring(2) : it)
        .anyMatch(it -> it.equals("*") || it.replace("\"", "").equals(tag.replace("\"", "")));
  }
}
