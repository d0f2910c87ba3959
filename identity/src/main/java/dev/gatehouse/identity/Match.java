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

  Match or(Match other) {
    if (this == YES || other == YES) {
      return YES;
    }
    return this == NO ? other : UNKNOWN;
  }

  Match not() {
    return switch (this) {
      case YES -> NO;
      case NO -> YES;
      case UNKNOWN -> UNKNOWN;
    };
  }

  static Match of(boolean matches) {
    return matches ? YES : NO;
  }
}
