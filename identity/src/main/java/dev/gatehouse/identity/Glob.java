package dev.gatehouse.identity;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern with {@code *} for any run of characters and {@code ?} for one. Never tries more than
 * pattern length × text length steps, whatever the pattern; policies are bounded in size.
 *
 * @param text the pattern as a plain text
 * @param wild where a character is no star or question mark but any run or any one
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
record Glob(String text, boolean[] wild) {

  /** A pattern in which every star and question mark is wild. */
  static Glob of(String pattern) {
    boolean[] wild = new boolean[pattern.length()];
    for (int i = 0; i < wild.length; i++) {
      wild[i] = pattern.charAt(i) == '*' || pattern.charAt(i) == '?';
    }
    return new Glob(pattern, wild);
  }

  static boolean matches(String pattern, String text) {
    return of(pattern).matches(text);
  }

  /** Whether this is a lone star. */
  boolean isEverything() {
    return isWild(0, '*') && text.length() == 1;
  }

  boolean matches(String given) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < given.length()) {
      if (isWild(p, '*')) {
        star = p++;
        resume = t;
      } else if (isWild(p, '?') || (p < text.length() && text.charAt(p) == given.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (isWild(p, '*')) {
      p++;
    }
    return p == text.length();
  }

  private boolean isWild(int at, char what) {
    return at < text.length() && wild[at] && text.charAt(at) == what;
  }

  /** The parts between colons, the last one with all the rest. */
  List<Glob> parts(int atMost) {
    List<Glob> parts = new ArrayList<>(atMost);
    int from = 0;
    for (int i = 0; i < text.length() && parts.size() < atMost - 1; i++) {
      if (text.charAt(i) == ':') {
        parts.add(part(from, i));
        from = i + 1;
      }
    }
    parts.add(part(from, text.length()));
    return parts;
  }

  private Glob part(int from, int to) {
    boolean[] some = new boolean[to - from];
    System.arraycopy(wild, from, some, 0, some.length);
    return new Glob(text.substring(from, to), some);
  }
}
