package dev.gatehouse.objects;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which pages may do what with a bucket. In origins and headers one {@code *} stands for anything
 * [C].
 *
 * @param maxAge seconds; below zero where the rule does not say
 */
record CorsRule(
    List<String> origins,
    List<String> methods,
    List<String> headers,
    List<String> exposed,
    int maxAge) {
  CorsRule {
    origins = List.copyOf(origins);
    methods = List.copyOf(methods);
    headers = List.copyOf(headers);
    exposed = List.copyOf(exposed);
  }

  boolean allows(String origin, String method, List<String> asked) {
    return origins.stream().anyMatch(pattern -> matches(pattern, origin))
        && methods.contains(method)
        && asked.stream().allMatch(this::allowsHeader);
  }

  private boolean allowsHeader(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return headers.stream().anyMatch(it -> matches(it.toLowerCase(Locale.ROOT), lower));
  }

  /** What {@code Access-Control-Allow-Origin} says; credentials go only with a name [C]. */
  String allowedOrigin(String origin) {
    return anyOrigin() ? "*" : origin;
  }

  boolean anyOrigin() {
    return origins.contains("*");
  }

  private static boolean matches(String pattern, String text) {
    int star = pattern.indexOf('*');
    return star < 0
        ? pattern.equals(text)
        : text.length() >= pattern.length() - 1
            && text.startsWith(pattern.substring(0, star))
            && text.endsWith(pattern.substring(star + 1));
  }

  /** The first rule that allows all of it [C]. */
  static Optional<CorsRule> first(
      List<CorsRule> rules, String origin, String method, List<String> headers) {
    return rules.stream().filter(rule -> rule.allows(origin, method, headers)).findFirst();
  }
}
