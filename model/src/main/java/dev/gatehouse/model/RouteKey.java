package dev.gatehouse.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The parsed key of an HTTP API's route: {@code $default} or {@code METHOD /path} (http-api.md 2.1
 * [C]). A segment is a literal, {@code {name}}, or, as the last one only, {@code {name+}}.
 */
public sealed interface RouteKey {

  /** The methods that a route key may name. */
  Set<String> METHODS = Set.of("ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

  /** Why a text is not a route key. */
  enum Flaw {
    /** Neither {@code $default} nor a known method, one space and a path. */
    FORM,
    /** A path segment mixes braces and text, or a greedy variable is not last. */
    PATH_PART
  }

  /** The route that takes what no other route does. */
  record CatchAll() implements RouteKey {}

  /**
   * A method and a path.
   *
   * @param segments empty for the path {@code /}
   */
  record MethodAndPath(String method, List<Segment> segments) implements RouteKey {}

  /** One part of a path between slashes. */
  sealed interface Segment {}

  /** Matches itself, case-sensitively. */
  record Literal(String text) implements Segment {}

  /** Matches one segment. */
  record Variable(String name) implements Segment {}

  /** Matches the rest of the path, one segment or more. */
  record Greedy(String name) implements Segment {}

  /** What parsing gives: the key, or what is wrong with the text. */
  sealed interface Parsed {}

  /** A key that follows the grammar. */
  record Valid(RouteKey key) implements Parsed {}

  /** A text that does not. */
  record Invalid(Flaw flaw) implements Parsed {}

  /** The key as text, as it was stored. */
  String DEFAULT = "$default";

  private static Parsed invalid(Flaw flaw) {
    return new Invalid(flaw);
  }

  /** Parses a route key of an HTTP API. */
  static Parsed parse(String text) {
    if (text.equals(DEFAULT)) {
      return new Valid(new CatchAll());
    }
    int space = text.indexOf(' ');
    if (space < 0 || !METHODS.contains(text.substring(0, space))) {
      return invalid(Flaw.FORM);
    }
    String path = text.substring(space + 1);
    if (!path.startsWith("/") || path.indexOf(' ') >= 0) {
      return invalid(Flaw.FORM);
    }
    return segments(path)
        .<Parsed>map(s -> new Valid(new MethodAndPath(text.substring(0, space), s)))
        .orElseGet(() -> invalid(Flaw.PATH_PART));
  }

  private static Optional<List<Segment>> segments(String path) {
    if (path.equals("/")) {
      return Optional.of(List.of());
    }
    List<Segment> segments = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String part : path.substring(1).split("/", -1)) {
      boolean afterGreedy = !segments.isEmpty() && segments.getLast() instanceof Greedy;
      Optional<Segment> segment = afterGreedy ? Optional.empty() : Segments.parse(part);
      if (segment.isEmpty() || !Segments.addName(segment.get(), names)) {
        return Optional.empty();
      }
      segments.add(segment.get());
    }
    return Optional.of(List.copyOf(segments));
  }

  /** The grammar of one segment. */
  final class Segments {
    /** Variable names: letters, digits and {@code . _ - :} (control-plane.md section 5 [U]). */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]+");

    private Segments() {}

    private static Optional<Segment> parse(String part) {
      if (part.isEmpty()) {
        return Optional.empty();
      }
      boolean braced = part.startsWith("{") && part.endsWith("}");
      if (!braced) {
        return part.indexOf('{') >= 0 || part.indexOf('}') >= 0
            ? Optional.empty()
            : Optional.of(new Literal(part));
      }
      boolean greedy = part.endsWith("+}");
      String name = part.substring(1, part.length() - (greedy ? 2 : 1));
      if (!NAME.matcher(name).matches()) {
        return Optional.empty();
      }
      return Optional.of(greedy ? new Greedy(name) : new Variable(name));
    }

    private static boolean addName(Segment segment, Set<String> names) {
      if (segment instanceof Variable(String name)) {
        return names.add(name);
      }
      return !(segment instanceof Greedy(String rest)) || names.add(rest);
    }
  }
}
