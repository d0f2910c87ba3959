package dev.gatehouse.identity;

import java.util.List;

/**
 * ARNs compared part by part, so that a star in one part can't swallow the next (control-plane.md
 * 15.1 [C]). A lone star matches every ARN.
 */
final class ArnPattern {
  private static final int PARTS = 6;

  private ArnPattern() {}

  static boolean matches(Glob pattern, String arn) {
    if (pattern.isEverything()) {
      return true;
    }
    List<Glob> wanted = pattern.parts(PARTS);
    return wanted.size() == PARTS && matches(wanted, arn);
  }

  /**
   * The same, where parts that are not there at the pattern's end match anything [C] (IAM guide).
   */
  static boolean matchesCompleted(Glob pattern, String arn) {
    return pattern.isEverything() || matches(pattern.parts(PARTS), arn);
  }

  private static boolean matches(List<Glob> wanted, String arn) {
    String[] given = arn.split(":", PARTS);
    if (given.length != PARTS) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (!wanted.get(i).matches(given[i])) {
        return false;
      }
    }
    return true;
  }
}
