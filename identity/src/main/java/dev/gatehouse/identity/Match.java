package dev.gatehouse.identity;

/** Whether something applies, or nobody here can tell. */
enum Match {
  YES,
  NO,
  UNKNOWN;

  Match and(Match other) {
    if (this == NO || other == NO) {
      return NO;
    }
    return this == YES ? other : UNKNOWN;
  }

  static Match of(boolean matches) {
    return matches ? YES : NO;
  }
}
