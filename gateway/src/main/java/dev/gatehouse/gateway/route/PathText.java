package dev.gatehouse.gateway.route;

/** Where the segments of a path begin and end; repeated slashes count as one [L]. */
final class PathText {
  private PathText() {}

  /** The first place from there on that is no slash. */
  static int skipSlashes(String path, int position) {
    int start = position;
    while (start < path.length() && path.charAt(start) == '/') {
      start++;
    }
    return start;
  }

  /** The end of the segment that begins there. */
  static int end(String path, int start) {
    int slash = path.indexOf('/', start);
    return slash < 0 ? path.length() : slash;
  }

  /** How many segments a stem has. */
  static int segments(String stem) {
    int segments = 0;
    for (int at = stem.indexOf('/'); at >= 0; at = stem.indexOf('/', at + 1)) {
      segments++;
    }
    return segments;
  }

  /** Whether the path is slashes only. */
  static boolean isRoot(String path) {
    return skipSlashes(path, 0) >= path.length();
  }
}
