package dev.gatehouse.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text of a policy: wildcards, and policy variables such as <code>${aws:username}</code>, which
 * stand for a value of the request, whose own stars are no wildcards.
 *
 * @param fixed the pattern where there is no variable in it; else null
 */
record Template(List<Part> parts, @Nullable Glob fixed) {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{\\s*(?:([*?$])|([^,}'\\s]+)\\s*(?:,\\s*'([^'}]*)'\\s*)?)}");

  /** A piece of the text. */
  sealed interface Part {

    /** What it stands for in a request; null where the request has no value for it. */
    @Nullable String text(Context context);
  }

  record Wild(String text) implements Part {
    @Override
    public String text(Context context) {
      return text;
    }
  }

  record Plain(String text) implements Part {
    @Override
    public String text(Context context) {
      return text;
    }
  }

  record Variable(String key, @Nullable String otherwise) implements Part {
    @Override
    public @Nullable String text(Context context) {
      String value = context.single(key);
      return value == null ? otherwise : value;
    }
  }

  /**
   * Reads a text.
   *
   * @param variables whether there are variables: policies of a version before 2012-10-17 have none
   *     [C]
   */
  static Template of(String text, boolean variables) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    Matcher matcher = VARIABLE.matcher(text);
    while (variables && matcher.find()) {
      parts.add(new Wild(text.substring(at, matcher.start())));
      parts.add(
          matcher.group(1) == null
              ? new Variable(matcher.group(2), matcher.group(3))
              : new Plain(matcher.group(1)));
      at = matcher.end();
    }
    parts.add(new Wild(text.substring(at)));
    boolean varies = parts.stream().anyMatch(part -> part instanceof Variable);
    return new Template(List.copyOf(parts), varies ? null : fill(parts, Context.nothing()));
  }

  /** The pattern for a request; null where the request has no value for one of the variables. */
  @Nullable Glob fill(Context context) {
    return fixed == null ? fill(parts, context) : fixed;
  }

  private static @Nullable Glob fill(List<Part> parts, Context context) {
    StringBuilder text = new StringBuilder();
    List<Boolean> wild = new ArrayList<>();
    for (Part part : parts) {
      String piece = part.text(context);
      if (piece == null) {
        return null;
      }
      for (int i = 0; i < piece.length(); i++) {
        char c = piece.charAt(i);
        wild.add(part instanceof Wild && (c == '*' || c == '?'));
      }
      text.append(piece);
    }
    boolean[] mask = new boolean[wild.size()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = wild.get(i);
    }
    return new Glob(text.toString(), mask);
  }
}
