package dev.gatehouse.identity;

/**
 * ARNs compared part by part, so that a star in one part can't swallow the next (control-plane.md
 * 15.1 [C]). A lone star matches every ARN.
 */
final class ArnPattern {
  private static final int PARTS = 6;

  private ArnPattern() {}

  static boolean matches(String pattern, String arn) {
    if (pattern.equals("*")) {
      return true;
    }
    String[] wanted = pattern.split(":", PARTS);
    String[] given = arn.split(":", PARTS);
    if (wanted.length != PARTS || given.length != PARTS) {
      return false;
    }
    for (int i = 0; i < PARTS; i++) {
      if (!Glob.matches(wanted[i], given[i])) {
        return false;
      }
    }
    return true;
  }
}
