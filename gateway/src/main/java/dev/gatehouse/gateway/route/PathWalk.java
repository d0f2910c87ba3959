package dev.gatehouse.gateway.route;

import java.util.Arrays;
import java.util.List;

/** A path on its way through the trie, and the values of the variables met so far. */
final class PathWalk {
  private static final String[] NONE = {};

  private final String path;
  private final boolean anyCase;
  private String[] values = NONE;
  private int captured;

  /**
   * @param anyCase whether upper and lower case are the same
   */
  PathWalk(String path, boolean anyCase) {
    this.path = path;
    this.anyCase = anyCase;
  }

  /**
   * Follows a place's stem.
   *
   * @return where the path goes on behind it; below zero where the path is another
   */
  int follow(String stem, int position) {
    int next = position;
    int close;
    for (int at = 0; at < stem.length(); at = close + 1) {
      close = PathText.end(stem, at);
      int start = PathText.skipSlashes(path, next);
      if (start >= path.length()) {
        return -1;
      }
      int end = PathText.end(path, start);
      int length = close - at;
      if (length == 0) {
        capture(path.substring(start, end));
      } else if (length != end - start || !path.regionMatches(anyCase, start, stem, at, length)) {
        return -1;
      }
      next = end + 1;
    }
    return next;
  }

  void capture(String value) {
    if (captured == values.length) {
      values = Arrays.copyOf(values, captured + 1); // most routes have one variable or none
    }
    values[captured++] = value;
  }

  /** How many variables have been met. */
  int captured() {
    return captured;
  }

  /** Goes back to where fewer variables had been met. */
  void backTo(int fewer) {
    captured = fewer;
  }

  List<String> values() {
    return captured == 0 ? List.of() : Arrays.asList(Arrays.copyOf(values, captured));
  }
}
