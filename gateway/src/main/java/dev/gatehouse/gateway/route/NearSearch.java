package dev.gatehouse.gateway.route;

import dev.gatehouse.gateway.route.RouteTable.Match;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks for routes that take a request's path but lost against another, or that would take it with
 * one thing about it changed: its method, the slash at its end, upper and lower case.
 */
final class NearSearch<R> {
  private static final int MOST = 10;
  private static final String ANY = "ANY";

  private final String method;
  private final String path;
  private final @Nullable Match<R> chosen;
  private final Map<R, String> found = new LinkedHashMap<>();

  /** How the path is read that is looked for. */
  private enum Reading {
    AS_SENT,
    OTHER_SLASH,
    ANY_CASE
  }

  NearSearch(String method, String path, @Nullable Match<R> chosen) {
    this.method = method;
    this.path = path;
    this.chosen = chosen;
  }

  List<Near<R>> search(Node<R> root, @Nullable R fallback) {
    look(root, path, 1, Reading.AS_SENT);
    boolean slash = path.length() > 1 && path.endsWith("/");
    look(root, slash ? path.substring(0, path.length() - 1) : path + "/", 1, Reading.OTHER_SLASH);
    look(root, path, 1, Reading.ANY_CASE);
    if (fallback != null) {
      add(fallback, "takes only what no other route does");
    }
    List<Near<R>> near = new ArrayList<>();
    found.forEach((route, why) -> near.add(new Near<>(route, why)));
    return List.copyOf(near);
  }

  private void add(R route, String why) {
    boolean isChosen = chosen != null && chosen.route().equals(route);
    if (!isChosen && found.size() < MOST) {
      found.putIfAbsent(route, why);
    }
  }

  private void look(Node<R> node, String read, int from, Reading reading) {
    int position = new PathWalk(read, reading == Reading.ANY_CASE).follow(node.stem(), from);
    if (position >= 0) {
      lookBehindStem(node, read, position, reading);
    }
  }

  private void lookBehindStem(Node<R> node, String read, int position, Reading reading) {
    int start = PathText.skipSlashes(read, position);
    boolean ends = position > read.length() || (start >= read.length() && PathText.isRoot(read));
    if (ends) {
      addAll(node.methods(), whyExact(reading), reading);
      return;
    }
    if (start < read.length()) {
      lookBelow(node, read, start, reading);
    }
    if (!PathText.isRoot(read)) {
      addAll(node.greedy(), whyGreedy(reading), reading);
    }
  }

  private void lookBelow(Node<R> node, String read, int start, Reading reading) {
    int end = PathText.end(read, start);
    String segment = read.substring(start, end);
    if (reading == Reading.ANY_CASE) {
      node.literal()
          .forEach((text, child) -> {
            if (text.equalsIgnoreCase(segment)) {
              look(child, read, end + 1, reading);
            }
          });
    } else {
      Node<R> literal = node.literal().get(segment);
      if (literal != null) {
        look(literal, read, end + 1, reading);
      }
    }
    Node<R> variable = node.variable();
    if (variable != null) {
      look(variable, read, end + 1, reading);
    }
  }

  private void addAll(@Nullable Methods<R> methods, String why, Reading reading) {
    boolean chosenHere = chosen != null && chosen.route().equals(Methods.get(methods, method));
    Methods.forEach(
        methods,
        (name, route) -> {
          if (name.equals(method) || name.equals(ANY)) {
            boolean second = reading == Reading.AS_SENT && name.equals(ANY) && chosenHere;
            add(route, second ? "ANY goes behind the method itself" : why);
          } else if (reading == Reading.AS_SENT) {
            add(route, "takes " + name + " only, not " + method);
          }
        });
  }

  private static String whyExact(Reading reading) {
    return switch (reading) {
      case AS_SENT -> "a literal segment goes before a variable, from the left";
      case OTHER_SLASH -> "a slash at the end makes another path";
      case ANY_CASE -> "paths are told apart by upper and lower case";
    };
  }

  private static String whyGreedy(Reading reading) {
    return switch (reading) {
      case AS_SENT ->
          "a greedy variable goes behind a path that fits segment by segment, and behind a greedy"
              + " one with a longer path before it";
      case OTHER_SLASH -> "a greedy variable takes what is behind a slash; there is none";
      case ANY_CASE -> "paths are told apart by upper and lower case";
    };
  }
}
